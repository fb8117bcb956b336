"""Signing in at an identity provider of the office (OpenID Connect), where settings.OIDC names one; docs/adr/ says why so.

`config` what the settings say · `answers` what the provider says, checked · `services` who that is and what they may
· `views` there and back.
"""
