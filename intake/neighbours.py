"""Who is responsible around the Kreis Unna, for people who live there (rule 11)."""

from django.utils.translation import gettext_lazy as _

# (Where, the Jobcenter's own name). Names only: numbers and addresses change, and are found by the name.
NEIGHBOURS = (
    (_("City of Dortmund"), "Jobcenter Dortmund"),
    (_("City of Hamm"), "Kommunales Jobcenter Hamm"),
    (_("City of Hagen"), "Jobcenter Hagen"),
    (_("Kreis Soest"), "Jobcenter Arbeit Hellweg Aktiv"),
    (_("Märkischer Kreis"), "Jobcenter Märkischer Kreis"),
    (_("Kreis Warendorf"), "Jobcenter Kreis Warendorf"),
    (_("Kreis Coesfeld"), "Jobcenter Kreis Coesfeld"),
    (_("Kreis Recklinghausen"), "Jobcenter Kreis Recklinghausen"),
)
