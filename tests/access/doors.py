"""The matrix: roles across, doors down. This table is the portal's access policy in words of one syllable.

All addresses are asked about things of the office *here*. In a cell stands what happens:

in     opens, and shows what belongs here
own    opens, and shows what belongs to the asking person's own office, body or person, nothing of here
bare   opens, with nothing of anybody
no     404: nothing tells that it exists
sign   to the sign-in page
code   to the page that asks for reference number and code
pin    to the page that asks for the PIN
start  to the first page of the intake
sent   to the page after sending
away   somewhere else, with nothing of here
"""

GRID = """
              anonymous draft founder founder_pin other_founder partner other_partner advisor team_lead administrator other_advisor other_team_lead other_administrator former two_offices
open          in        in    in      in          in            in      in            in      in        in            in            in              in                  in     in
guest         in        in    in      in          in            away    away          away    away      away          away          away            away                away   away
account       sign      sign  sign    sign        sign          in      in            in      in        in            in            in              in                  in     in
member        sign      sign  sign    sign        sign          in      in            in      in        in            in            in              in                  no     in
staff         sign      sign  sign    sign        sign          no      no            in      in        no            no            no              no                  no     no
staff_list    sign      sign  sign    sign        sign          no      no            in      in        no            own           own             no                  no     own
lead          sign      sign  sign    sign        sign          no      no            no      in        no            no            no              no                  no     no
lead_list     sign      sign  sign    sign        sign          no      no            no      in        no            no            own             no                  no     no
settings      sign      sign  sign    sign        sign          no      no            no      in        in            no            no              no                  no     no
settings_list sign      sign  sign    sign        sign          no      no            no      in        in            no            own             own                 no     no
partner       sign      sign  sign    sign        sign          in      no            no      no        no            no            no              no                  no     no
partner_list  sign      sign  sign    sign        sign          in      own           no      no        no            no            no              no                  no     no
draft         start     in    sent    sent        sent          start   start         start   start     start         start         start           start               start  start
code          code      in    in      in          own           code    code          code    code      code          code          code            code                code   code
code_thing    code      no    in      in          no            code    code          code    code      code          code          code            code                code   code
pin           code      pin   pin     in          own           code    code          code    code      code          code          code            code                code   code
pin_thing     code      pin   pin     in          no            code    code          code    code      code          code          code            code                code   code
nobody        no        no    no      no          no            no      no            no      no        no            no            no              no                  no     no
"""  # noqa: E501

ROLES, *_LINES = (line.split() for line in GRID.strip().splitlines())
DOORS: dict[str, dict[str, str]] = {door: dict(zip(ROLES, cells, strict=True)) for door, *cells in _LINES}

# Where the cells that redirect lead; "" is anywhere.
LEADS_TO = {
    "sign": "/de/accounts/login/",
    "code": "/de/status/",
    "pin": "/de/status/pin/",
    "start": "/de/intake/",
    "sent": "/de/intake/sent/",
    "away": "",
}
OPEN = ("in", "own", "bare")
