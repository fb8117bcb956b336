"""Screens of consents and referrals: choosing an offer, asking for consent, referring; the partner's own pages."""
