"""How many parts a text needs as SMS (3GPP TS 23.038 for the alphabets, TS 23.040 for texts in parts)."""

from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")  # an escape goes before them: two places each


@dataclass(frozen=True)
class SmsLength:
    """`units` are septets of GSM 7-bit or code units of UCS-2; `is_gsm` says which. `parts` are paid for one by one."""

    characters: int
    units: int
    parts: int
    is_gsm: bool


def sms_length(text: str) -> SmsLength:
    """The length of `text`. One sign outside GSM 03.38 and all are written in UCS-2: 70 fit instead of 160."""
    is_gsm = all(sign in _BASIC or sign in _EXTENDED for sign in text)
    single, joined = (160, 153) if is_gsm else (70, 67)
    sizes = [(1 + (sign in _EXTENDED)) if is_gsm else (1 + (ord(sign) > 0xFFFF)) for sign in text]
    units = sum(sizes)
    return SmsLength(len(text), units, 1 if units <= single else _parts(sizes, joined), is_gsm)


def _parts(sizes: list[int], room: int) -> int:
    """A sign of two places is not torn apart between two parts."""
    parts, used = 1, 0
    for size in sizes:
        if used + size > room:
            parts, used = parts + 1, 0
        used += size
    return parts
