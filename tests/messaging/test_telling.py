"""Rule 12: a place that stands in a message tells neither an authority nor the matter."""

import pytest

from gruendungswerkstatt.messaging import telling


@pytest.mark.parametrize(
    "place",
    [
        "Jobcenter Kreis Unna, Bahnhofstraße 63",
        "JOB-CENTER",
        "Agentur fuer Arbeit Hamm",
        "Sozialamt, Zimmer 4",
        "Ausländerbehörde Unna",
        "Auslaenderbehoerde Unna",
        "Handwerkskammer Dortmund",
        "HWK Dortmund",
        "IHK, Märkische Straße 120",
        "Industrie- und Handelskammer zu Dortmund",
        "Gründungswerkstatt, Raum 2",
        "GRUENDUNGSWERKSTATT",
        "Treffen der Gründer:innen",
        "Existenzgründer-Team",
        "Team Selbstständige",
        "Team Selbständige",
        "Team Selbstaendige",
        "StarterCenter",
        "Startup-Haus",
        "Start-up Haus",
        "Flüchtlingsberatung",
        "Fluechtlingshilfe",
        "Asylkreis Kamen",
        "Kommunales Integrationszentrum",
        "مركز العمل",
        "وكالة العمل",
        "غرفة الحرف في دورتموند",
        "غرفة التجارة والصناعة",
        "مكتب المشاريع",
        "موعد عن مشروعك",
        "بيت اللاجئين",
    ],
)
def test_a_place_that_tells_too_much(place):
    assert telling.tells(place, telling.STRICT)


@pytest.mark.parametrize(
    "place",
    [
        "",
        "Bahnhofstraße 63, 59423 Unna",
        "Grundschule am Markt, Im Grund 3",
        "Kammerstraße 5, Zimmer 12",
        "Familienbande Kamen, Bahnhofstraße 46",
        "Stadtbücherei Lünen",
        "غرفة 12، الطابق الثاني",
        "شارع المحطة 63",
    ],
)
def test_a_place_like_others(place):
    assert not telling.tells(place, telling.STRICT)
