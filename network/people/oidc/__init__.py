"""Signing in at an identity provider (OpenID Connect), where settings.OIDC names one; docs/adr/ says why it is ours.

`config` what the settings say · `answers` what the provider says, checked · `services` who that is and what they may
· `views` there and back.
"""
