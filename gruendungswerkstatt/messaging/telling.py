"""What must not stand where a stranger may read it (rule 12 of the domain): one list for every check.

A message lies open on a telephone that is shared, lost or looked at. It may not say who writes, what about, or that
somebody gets money. The same words are refused in an office's texts, in the place of an appointment and in the word a
founder chooses; places alone may be called after a trade ("Handwerkerstraße", "Im Gewerbepark"). And no message may
read like a summons (rule 2): coming is voluntary.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum

from gruendungswerkstatt.common.text import fold


class Telling(Enum):
    """What a word gives away."""

    AUTHORITY = "authority"
    BENEFIT = "benefit"
    SITUATION = "situation"  # flight, residence, health, debts, the end of a marriage
    FOUNDING = "founding"
    TOPIC = "topic"  # what founders and advisors talk about
    PERSON = "person"
    DUTY = "duty"  # rule 2: what sounds as if somebody had to come


@dataclass(frozen=True)
class Telltale:
    """A place in a text that gives something away; `found` as it is written there."""

    telling: Telling
    found: str


# What a place or a founder's own word may not say; a house may well be called after a person or a trade.
STRICT = frozenset({Telling.AUTHORITY, Telling.BENEFIT, Telling.SITUATION, Telling.FOUNDING})
ALL = frozenset(Telling)

# Arabic writes article and short words together with the next one; folding has made "ة" a "ه" and dropped "ء".
_AR = r"\b[وفبلك]{0,2}(?:ال|ل)?"
# Over folded text: lower case, no accents ("ü" is "u", written "ue" by some), one form of each Arabic letter.
_WORDS = {
    Telling.AUTHORITY: (
        r"job ?[ck]ent\w*|(?:d?jh?|dsch|y)ob ?[sz][ei]nt\w*|agentur fue?r arbeit|arbeits(?:agentur|amt)\w*"
        r"|employment (?:agency|office)|\w*behoe?rd\w*|\bauthorit(?:y|ies)\b"
        r"|\b(?!(?:ins|alle|mit)?(?:ge)?samt\b|ehrenamt\b)\w*amt(?:es|s)?\b|\w*ae?mter\b|(?<!post )\boffices?\b"
        r"|sozial ?(?:amt|leistung)\w*|social (?:welfare|security)|welfare office|\w*auslae?nder ?(?:amt|beho)\w*"
        r"|immigration office|handwerks ?kammer\w*|handels ?kammer\w*|chamber of|\b(?:hwk|ihk|wfg|bamf)\b"
        r"|\w*finanz ?amt\w*"
        r"|tax office|gewerbe ?amt\w*|trade office|wirtschaftsfoe?rderung\w*|economic development|is merkezi|is kurumu"
        r"|джоб ?центр\w*|центр\w* заи?нят\w*|مركز كار|جا?ب ?سنتر|جوب ?س[ني]نتر|جوب ?سنتر|يوب ?سنتر|دجوب ?سنتر"
        rf"|{_AR}(?:مركز العمل|وكاله العمل|مكتب (?:العمل|الضرايب|الشوون الاجتماعيه|شوون الاجانب|تسجيل الانشطه))"
        rf"|{_AR}(?:مكتب|دايره حكوميه|دواير|مصلحه|سلطه|سلطات)\b"
        rf"|{_AR}(?:دايره الاجانب|غرفه (?:ال)?(?:حرف|تجار|صناع)\w*|هييه دعم الاقتصاد\w*)"
    ),
    Telling.BENEFIT: (
        r"bue?rger ?geld\w*|grund ?sicherung\w*|einstiegs ?geld\w*|\w*zuschue?ss\w*|\bzuschuss\w*"
        r"|\w*arbeitslos\w*|\barbeitss?uch\w*|\balg ?(?:[12]|i{1,2})?\b|sozialhilfe\w*|sozialgeld\w*"
        r"|\bunemploy\w*|\bjobless\w*|\bjob ?seek\w*"
        r"|\bhartz\b|wohngeld\w*|\w*darlehen\w*|\w*kredit\w*|\bsgb\b|income support|\b\w*benefits?\b|\bgrants?\b"
        r"|\w*loans?\b|\bwelfare\b|пособи\w*"
        rf"|{_AR}(?:اعانه|اعانات|منحه|منح ماليه|قرض|قروض|مساعدات? (?:اجتماعيه|ماليه)|ضمان الاساسي|معونه|بطاله|عاطل)\w*"
    ),
    Telling.SITUATION: (
        r"\w*(?:flue?cht|asyl)\w*|refugee\w*|asylum|integration\w*|migra(?:nt|tion)\w*|\w*aufenthalt\w*"
        r"|residence (?:title|permit)"
        r"|\bduldung\w*|\btoleration\b|abschiebung\w*|deportation|\bmediziner?\w*|krankheit\w*|diagnos\w*"
        r"|\bschuld(?:en|ner)\w*|\w*verschuld\w*|\w*insolvenz\w*|\binkasso\w*|\bdebt(?:s|or|ors)?\b|insolven\w*"
        r"|bankrupt\w*|\b(?:ehe)?scheidung\w*|\bgeschieden\w*|\bsorgerecht\w*|\bdivorc\w*|\bcustody\b"
        rf"|{_AR}(?:لاجي\w*|لجو\w*|اندماج|مهاجر\w*|هجره|اقامه|تصريح اقامه|ترحيل|تعليق الترحيل|مرض)\b"
        rf"|{_AR}(?:ديون|مديون\w*|افلاس|طلاق|مطلق|مطلقه|حضانه)\w*"
    ),
    Telling.FOUNDING: (
        r"grue?nd(?:ung\w*|er(?!w)\w*|e[nt]\b|ete\w*)|\w*selb(?:st)?stae?ndig\w*|self employ\w*|\w*existenz\w*"
        r"|start ?up\w*"
        r"|\bstarter\w*|\bgeschae?fts(?:idee|plan)\w*|\bbusiness(?:es)?\b|\bfounder\w*|entrepreneur\w*|businessplan\w*"
        rf"|{_AR}(?:مشروع|مشاريع|العمل للحساب الخاص|حساب خاص|نشاط تجاري|انشطه تجاريه|تاسيس)\w*"
    ),
    Telling.TOPIC: (
        r"\w*gewerbe\w*|\bhandwerk\w*|\bcrafts?\b|\w*meisterprue?fung\w*|anerkennung\w*|recognition of|\w*finanz\w*"
        r"|\bfinanc\w*|\w*kapital\w*|\bcapital\b|\bumsatz\w*|turnover|\bgewinn\w*|\bprofits?\b|cash flow"
        r"|\bsteuer(?:n|nummer|beratung)?\b"
        r"|\btax(?:es)?\b|\w*antrae?g\w*|\bbescheide?\w*|\bapplications?\b|official decision|tragfae?hig\w*|viability"
        r"|kooperationsplan\w*|cooperation plan|\beks\b|\blebenslauf\w*|\bcv\b|\bzeugnis\w*"
        r"|\bcertificates?\b|\bunterlagen\b"
        r"|\bdocuments?\b|\bnachweis\w*|\berstgesprae?ch\w*|\w*berat(?:ung|er)\w*|\badvi(?:ce|sory|sers?"
        r"|sors?)\b|\bcoaching\b"
        r"|\bgeschae?ft(?:e|en|es|s)?\b|\bgeschae?fts(?!stelle|haus|zeit)\w*|\bfirm(?:a|en\w*)\b|\w*unternehm\w*"
        r"|\bcompan(?:y|ies)\b|\benterprises?\b|\bshops?\b"
        r"|\w*kinder ?betreuung\w*|\bkitas?\b|\btagesmutter\b|\bchild ?care\b|\bday ?care\b"
        rf"|{_AR}(?:خطه (?:ال)?(?:مشروع|تمويل|سيوله|تعاون)|تمويل|سيوله|راس (?:ال)?مال|ايرادات|ارباح|ربح|ضرايب"
        r"|ضريبي|طلب|قرار رسمي"
        r"|جدوي اقتصاديه|جدوي|حرفه|حرف يدويه|مايستر|اعتراف بالموهلات|سيره ذاتيه|شهاده|مستندات?"
        r"|استشاره|استشاري\w*|مستشار\w*|توكيل"
        r"|تجاره|تجاري|تجاريه|شركه|شركت\w*|شركات|متجر\w*|رعايه (?:ال)?(?:اطفال|طفل))\b"
    ),
    Telling.PERSON: (
        r"\b(?:herrn?|frau|familie|mr|mrs|ms|sir|madam|dear)\b|\bsehr geehrte\w*|\bliebe[rs]?\b"
        r"|господин\w*|\bпан[аиі]?\b"
        rf"|{_AR}(?:سيد|سيده|اخ|اخت|استاذ|استاذه|دكتور|حضره|عزيزي|عزيزتي)\b"
    ),
    # "Sie müssen nichts mitbringen" and "not required" oblige nobody.
    Telling.DUTY: (
        r"\bmue?ss(?:en|t|te|ten)?\b(?! (?:(?:sie|du|ihr) )?(?:nichts?|nie)\b)|(?<!nicht )(?<!keine )\b\w*pflicht\w*"
        r"|\berschein\w*|\beinzufinden\b|\bzwingend\w*|\bverbindlich\w*|\bmelde(?:aufforderung|termin)\w*"
        r"|\b(?:auf|vor)(?:zu)?forder\w*|\baufgefordert\b|\b(?:vor)?ladung\w*|\bvorgeladen\b|\w*sanktion\w*"
        r"|\bmust\b|(?<!not )\brequire[ds]?\b|\brequirement\w*|(?<!not )\boblig(?:ed|at\w*)"
        r"|\b(?:mandatory|compulsory)\b"
        r"|(?<!not )(?<!dont )(?<!never )\b(?:have|has|need|needs) to\b|\bsummon\w*|\bsanction\w*"
        r"|(?<!لا )\b[وف]?(?:يجب|يتوجب|يلزم|ينبغي)\b|\bعليكم? (?:ان|الحضور)\b"
        rf"|(?<!غير ){_AR}(?:ملزم|الزام|اجباري|مضطر|استدعا|عقوب|واجب)\w*"
    ),
}
_PATTERNS = {telling: re.compile(words) for telling, words in _WORDS.items()}
# "J o b c e n t e r": single letters with blanks between are one word.
_SPACED = re.compile(r"\b(\w) (?=\w\b)")

# Letters of other alphabets that look like Latin ones ("Jоbcenter" with a Cyrillic о), as they are drawn in each case.
_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХԚԜҮаеорсухѕіјԁһԛԝүӏкмтвьгпи" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεικνορτυχγηω",
    "ABESIJKMHOPCTYXQWYaeopcyxsijdhqwylkmtbbrnu" + "ABEZHIKMNOPTYXabeikvoptuxynw",
)


def telltales(text: str, kinds: Collection[Telling] = ALL, names: Collection[str] = ()) -> Iterator[Telltale]:
    """What `text` gives away of `kinds`; each of `names` (people and bodies the office knows) counts as PERSON.

    Case, accents, forms of Arabic letters, signs nobody sees, blanks between single letters and letters of another
    alphabet that look the same hide nothing.
    """
    shown = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    for read in dict.fromkeys((shown, shown.translate(_LOOKALIKES))):
        folded = fold(read)
        for form in {folded, _SPACED.sub(r"\1", folded)}:
            for telling in Telling:
                if telling in kinds:
                    yield from (Telltale(telling, _as_written(read, m[0])) for m in _PATTERNS[telling].finditer(form))
    if Telling.PERSON in kinds:
        padded = f" {fold(shown)} "
        yield from (Telltale(Telling.PERSON, name) for name in names if (f := fold(name)) and f" {f} " in padded)


def tells(text: str, kinds: Collection[Telling] = ALL) -> bool:
    """Whether `text` gives away anything of `kinds`."""
    return any(telltales(text, kinds))


def _as_written(text: str, folded: str) -> str:
    """The words of `text` that were folded into `folded`; `folded` itself where they cannot be told apart."""
    words = text.split()
    for length in range(1, len(folded.split()) + 1):
        for start in range(len(words) - length + 1):
            part = " ".join(words[start : start + length])
            if folded in fold(part):
                return part.strip(".,:;!?()„“”\"'،؛")
    return folded
