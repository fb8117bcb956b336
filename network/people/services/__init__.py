"""What people do to accounts and memberships.

`acting` choosing a membership · `accounts` passwords, second factors, sessions · `invitations` asking somebody in
· `members` roles and endings · `office` its address · `mails` what is sent about all that.
"""

from .acting import choose_membership

__all__ = ["choose_membership"]
