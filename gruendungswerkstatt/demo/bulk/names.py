"""Invented people: names as they are written in Latin letters and in their own script."""

import random
from dataclasses import dataclass
from functools import cache

from cases.files.names import keys_of
from gruendungswerkstatt.common.text import sort_key


@dataclass(frozen=True)
class People:
    """Given and family names of people who speak `languages`, as (Latin, own script); "" where that is Latin.

    `page` is the language in which they use the portal.
    """

    languages: tuple[str, ...]
    page: str
    given: tuple[tuple[str, str], ...]
    family: tuple[tuple[str, str], ...]
    weight: int


PEOPLES = (
    People(
        ("ar",),
        "ar",
        (
            ("Ahmad", "أحمد"), ("Fatima", "فاطمة"), ("Omar", "عمر"), ("Layla", "ليلى"), ("Khaled", "خالد"),
            ("Mariam", "مريم"), ("Yousef", "يوسف"), ("Huda", "هدى"), ("Samer", "سامر"), ("Nour", "نور"),
            ("Hassan", "حسن"), ("Rana", "رنا"), ("Ibrahim", "إبراهيم"), ("Salma", "سلمى"), ("Tarek", "طارق"),
            ("Amal", "أمل"), ("Mahmoud", "محمود"), ("Dima", "ديمة"), ("Ziad", "زياد"), ("Hala", "هالة"),
        ),
        (
            ("al-Hasan", "الحسن"), ("Darwisch", "درويش"), ("Khalil", "خليل"), ("an-Nasser", "الناصر"),
            ("Haddad", "حداد"), ("as-Sayed", "السيد"), ("Mansour", "منصور"), ("Shahin", "شاهين"),
            ("al-Ali", "العلي"), ("Qasem", "قاسم"), ("Barakat", "بركات"), ("Suleiman", "سليمان"),
            ("Abdulghani", "عبد الغني"), ("Issa", "عيسى"), ("Najjar", "نجار"), ("Hamdan", "حمدان"),
        ),
        40,
    ),
    People(
        ("uk", "ru"),
        "de",
        (
            ("Oksana", "Оксана"), ("Andrij", "Андрій"), ("Iryna", "Ірина"), ("Mykola", "Микола"),
            ("Olena", "Олена"), ("Serhij", "Сергій"), ("Natalija", "Наталія"), ("Tetjana", "Тетяна"),
            ("Ihor", "Ігор"), ("Switlana", "Світлана"),
        ),
        (
            ("Kowaltschuk", "Ковальчук"), ("Schewtschenko", "Шевченко"), ("Bondarenko", "Бондаренко"),
            ("Tkatschenko", "Ткаченко"), ("Melnyk", "Мельник"), ("Krawtschuk", "Кравчук"), ("Lyssenko", "Лисенко"),
            ("Moros", "Мороз"), ("Sawtschenko", "Савченко"), ("Hontschar", "Гончар"),
        ),
        20,
    ),
    People(
        ("kmr", "ar"),
        "ar",
        (
            ("Şêrîn", "شێرین"), ("Azad", "ئازاد"), ("Rojîn", "ڕۆژین"), ("Dilovan", "دلۆڤان"), ("Bêrîvan", "بێریڤان"),
            ("Serhat", "سەرهات"), ("Gulê", "گولێ"), ("Jwan", "جوان"),
        ),
        (
            ("Xelîlo", "خەلیلۆ"), ("Hesen", "حەسەن"), ("Mihemed", "محەمەد"), ("Îbrahîm", "ئیبراهیم"),
            ("Osman", "عوسمان"), ("Çeto", "چەتۆ"), ("Bozan", "بۆزان"),
        ),
        10,
    ),
    People(
        ("fa", "prs"),
        "en",
        (
            ("Gulalai", "گلالی"), ("Reza", "رضا"), ("Zahra", "زهرا"), ("Farid", "فرید"), ("Parisa", "پریسا"),
            ("Nasrin", "نسرین"), ("Mostafa", "مصطفی"), ("Shabnam", "شبنم"),
        ),
        (
            ("Ahmadi", "احمدی"), ("Rahimi", "رحیمی"), ("Hosseini", "حسینی"), ("Karimi", "کریمی"),
            ("Noori", "نوری"), ("Sadat", "سادات"), ("Wardak", "وردک"),
        ),
        12,
    ),
    People(
        ("ti", "en"),
        "en",
        (
            ("Tesfalem", "ተስፋኣለም"), ("Selam", "ሰላም"), ("Merhawi", "መርሃዊ"), ("Feven", "ፌቨን"), ("Yonas", "ዮናስ"),
            ("Rahel", "ራሄል"),
        ),
        (
            ("Tekle", "ተክለ"), ("Haile", "ሃይለ"), ("Gebremedhin", "ገብረመድህን"), ("Abraha", "ኣብርሃ"), ("Kidane", "ኪዳነ"),
        ),
        6,
    ),
    People(
        ("tr", "de"),
        "de",
        (
            ("Çağrı", ""), ("Ayşe", ""), ("Mehmet", ""), ("Elif", ""), ("Işıl", ""), ("Ömer", ""), ("Gülşen", ""),
        ),
        (
            ("Işıldak", ""), ("Yılmaz", ""), ("Çelik", ""), ("Öztürk", ""), ("Şahin", ""), ("Aydın", ""),
        ),
        12,
    ),
)  # fmt: skip
_WEIGHTS = tuple(people.weight for people in PEOPLES)

GERMAN_GIVEN = ("Anke", "Bernd", "Carla", "Dirk", "Elke", "Frank", "Gesa", "Holger", "Inga", "Jens", "Katrin", "Lars")
GERMAN_FAMILY = ("Albers", "Böhm", "Cordes", "Dreyer", "Ewald", "Fricke", "Gerdes", "Hinrichs", "Jansen", "Kröger")


@dataclass(frozen=True)
class Name:
    """A founder's name with what follows from it: `called` is what they typed, `keys` find them."""

    called: str
    latin: str
    original: str
    sort_name: str
    keys: tuple[str, ...]


def people(chance: random.Random) -> People:
    """Where a founder comes from, about as often as in a real office."""
    return chance.choices(PEOPLES, _WEIGHTS)[0]


def name(chance: random.Random, of: People) -> Name:
    """A founder's name; one in twenty has only one, and most leave the passport's spelling out."""
    family = chance.choice(of.family) if chance.random() > 0.05 else ("", "")
    return _name(chance.choice(of.given), family, chance.random() < 0.3, chance.random() < 0.2)


@cache
def _name(given: tuple[str, str], family: tuple[str, str], in_own_script: bool, has_both: bool) -> Name:
    # Folding is the dearest thing about a founder, and names come again.
    latin, original = (" ".join(filter(None, parts)) for parts in zip(given, family, strict=True))
    called = original if in_own_script and original else latin
    latin, original = (latin, original) if has_both else ("", "")
    keys = keys_of((called, latin, original))
    return Name(called, latin, original, sort_key(latin or called)[:200], tuple(sorted(keys)))


def german_name(number: int) -> str:
    """The name of the invented advisor with this number; the first 120 differ."""
    return f"{GERMAN_GIVEN[number % 12]} {GERMAN_FAMILY[number // 12 % 10]}"
