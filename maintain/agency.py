"""The caseload of `examples/agency`: 400 rows of made-up people, as an agency's record system exports them.

Eight clinicians work there, one leaves, and every row is of one sort. `PLAN` says how many rows there are of
each, and what is to become of the letters of each row. The same seed gives the same bytes.
`python -m maintain.agency` writes both tables anew.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

FOLDER = Path(__file__).parents[1] / "examples" / "agency"
CLIENTS, ASSIGNMENTS = FOLDER / "clients.csv", FOLDER / "assignments.csv"


@dataclass(frozen=True)
class Sort:
    """A sort of rows: how many there are, and for each row what is to become of its letters.

    `issued` letters go; `unconfirmed` ones only where an address that nobody confirmed for 90 days is
    accepted; `withheld` and `problem` are the codes of why the others do not. Where two rows belong together,
    the letters of the later one come to `of_second` instead.
    """

    name: str
    rows: int
    issued: int = 0
    unconfirmed: int = 0
    withheld: tuple[str, ...] = ()
    problem: tuple[str, ...] = ()
    of_second: tuple[str, ...] = ()


UNSAFE, DIED, NOBODY = ("safe-contact",), ("deceased",), ("no-representative",)
PLAN = (
    # Duplicates; first, as their names need two rows of one language
    Sort("case twice", 8, problem=("case-twice",)),
    Sort("same person under two numbers", 8, issued=1, of_second=("entered-twice",)),
    Sort("two cases in one household", 8, issued=1),
    # Letters that go
    Sort("nothing hard", 113, issued=1),
    Sort("discreet", 24, issued=1),
    Sort("discreet unsaid", 6, issued=1),
    Sort("second address is the safe one", 12, issued=1),
    Sort("abroad", 4, issued=1),
    Sort("single name", 4, issued=1),
    Sort("opted out of follow-up", 5, issued=1),
    Sort("in danger", 3, issued=1),
    Sort("confirmed 90 days ago", 3, issued=1),
    Sort("appointment on the last day", 2, issued=1),
    Sort("couple at one home", 16, issued=2),
    Sort("couple at two homes", 12, issued=2),
    Sort("minor with a parent", 18, issued=1),
    Sort("minor with two guardians", 8, issued=2),
    Sort("minor with another parent barred elsewhere", 5, issued=1),
    Sort("comes of age on the letter's date", 2, issued=1),
    Sort("comes of age the day after", 2, issued=1),
    Sort("family of five", 4, issued=5),
    # Some letters go, and some do not
    Sort("couple, one address not safe", 7, issued=1, withheld=UNSAFE),
    Sort("couple apart, one not to be contacted", 3, issued=1, withheld=UNSAFE),
    Sort("couple, one address stale", 4, issued=1, unconfirmed=1),
    Sort("minor, one guardian not safe", 3, issued=1, withheld=UNSAFE),
    Sort("family, nobody acts for the minors", 2, issued=3, withheld=NOBODY * 2),
    # None goes
    Sort("no address", 5, withheld=UNSAFE),
    Sort("address not safe", 13, withheld=UNSAFE),
    Sort("safe unsaid", 10, withheld=UNSAFE),
    Sort("safe and not safe", 2, withheld=UNSAFE),
    Sort("not to be contacted", 9, withheld=UNSAFE),
    Sort("couple at one home, one not to be contacted", 2, withheld=UNSAFE * 2),
    Sort("post came back", 3, withheld=("route-failed",)),
    Sort("died", 5, withheld=DIED),
    Sort("died, with an executor", 4, withheld=DIED),
    Sort("couple, one died", 3, withheld=DIED * 2),
    Sort("minor with nobody", 5, withheld=NOBODY),
    Sort("minor with a barred parent only", 3, withheld=NOBODY),
    Sort("minor at home with a barred parent", 4, withheld=UNSAFE),
    Sort("minor, parent not to be contacted", 2, withheld=UNSAFE),
    # Only where it is accepted
    Sort("confirmed 91 days ago", 2, unconfirmed=1),
    Sort("confirmed last year", 9, unconfirmed=1),
    Sort("never confirmed", 6, unconfirmed=1),
    # Mistakes
    Sort("30 February", 2, problem=("bad-value",)),
    Sort("date the American way", 2, problem=("bad-value",)),
    Sort("neither yes nor no", 3, problem=("bad-value",)),
    Sort("no name", 3, problem=("missing-field",)),
    Sort("unknown clinician", 3, problem=("unknown-person",)),
    Sort("clinician who stays", 4, problem=("missing-data",)),
    Sort("postcode with too few digits", 2, problem=("odd-postcode",)),
    Sort("no letter in the language", 2, problem=("language",)),
    Sort("appointment after the last day", 2, problem=("appointment-after-end",)),
    Sort("last session before the opening", 2, problem=("dates-disagree",)),
    Sort("minor without a birthday", 2, problem=("age-unknown",)),
)
# How many rows have a first client with a name in each language; in "no name" there is none.
NAMES_IN = {"English": 151, "Spanish": 78, "Vietnamese": 30, "Chinese": 26, "Arabic": 22, "Korean": 18}
NAMES_IN |= {"German": 16, "French": 16, "Polish": 14, "Czech": 14, "Hebrew": 12}
ASSIGNED, CONSENTED = 320, 190  # cases with a new clinician; of these, with a signed consent

TODAY, SEED = date(2026, 11, 22), 20261122
LEAVING, TAKES_OVER = "dana-okafor", "2027-01-18"
STAYING = [
    "sam-rivera",
    "imke-vos",
    "tuan-pham",
    "rosa-quintanal",
    "bela-novak",
    "amir-haddad",
    "grace-oduya",
]

# Given and family names, with _ for a space; behind a colon what they are called.
NAMES = {
    "English": (
        "Averil Briony Callan Delphine Edwyn Fenella Gareth Hollis Idony Jarvis Kerensa Lowell Merrily Nesta",
        "Alderton Bramwell Cotterell Dunmore Eastgate Fairholt Garrick Inglewood Jessop Kettering Lockridge "
        "Merriweather Northcote O'Brien Pemberton Quillfeather Ravensworth Thistlewood",
    ),
    "Spanish": (
        "Araceli Benito Candelaria Demetrio Eulalia Fermín Graciela Hilario Íñigo Jacinta Leocadia Macario",
        "Ibáñez_Roble Peñalver Quirós_Luna Zúñiga Barrantes Cerezo_Núñez Villaseñor Marroquín Arguijo Güemes",
    ),
    "Vietnamese": (
        "Thị_Mai:Mai Văn_Lộc:Lộc Ngọc_Ánh Quốc_Bảo Thị_Hường Đức_Thịnh Mỹ_Duyên Hữu_Phước",
        "Lương Đặng Trịnh Đoàn Phùng Quách",
    ),
    "Chinese": ("美玲:Meiling 晓雨 志安:Zhian 雅静 思远 秀兰:Xiulan 文博 若溪", "沈 范 蒋 邹 姚 邱"),
    "Arabic": (
        "خالد:Khaled ليلى سامر نور:Noor مريم يوسف:Yousef هدى رنا",
        "النجار الصباغ الخياط البستاني العطار الزيتوني",
    ),
    "Korean": ("하은:Haeun 도윤 서아 지호:Jiho 은채 민준", "남궁 황보 선우 표 염 엄"),
    "German": ("Jürgen Käthe Björn Annelie Gösta Wiebke", "Weißenfels Größmann Köstritz Süßkind Übelacker"),
    "French": (
        "Éloïse Aurèle Maëlle Côme Zoé Françoise",
        "Lefèvre-Aumont Châtelneuf Desprès D’Aubrac Boësse",
    ),
    "Polish": ("Łucja Bożena Zdzisław Małgorzata Wojciech Grażyna", "Wróbel Zając Gołąb Szczygieł Świerk"),
    "Czech": ("Zdeněk Růžena Bořivoj Květa Jiřina Šárka", "Krejčí Tesařů Šimků Hořejší Dolejší"),
    "Hebrew": ("יעל איתן:Eitan תמר אורי נדב שירה:Shira", "שדה כרמי נווה אלמוג צפריר"),
}
FAMILY_FIRST, WITHOUT_SPACE = ("Vietnamese", "Chinese", "Korean"), ("Chinese", "Korean")
SINGLE_NAMES = ("Kestrelle", "Temuriya", "Solvei", "Anouwar")
# Streets that are nowhere; cities with their state and postcodes.
SIDES = ("NE", "SE", "SW", "N")
STREETS = ("Tamarind Street", "Old Cannery Road", "Wagtail Avenue", "Millrace Lane", "Juniper Court",
           "Halyard Drive", "Quince Street", "Saltmarsh Road")  # fmt: skip
CITIES = (("Portland", "OR", 97201, 97239), ("Gresham", "OR", 97030, 97030),
          ("Beaverton", "OR", 97005, 97008), ("Vancouver", "WA", 98660, 98665))  # fmt: skip
ABROAD = (
    ("Am Tamariskenufer 7", "", "Hamburg", "", "20459", "DE"),
    ("Calle del Tamarindo 18", "Colonia Las Garzas", "Guadalajara", "JAL", "44100", "MX"),
    ("14 Wagtail Crescent", "", "Victoria", "BC", "V8W 1A1", "CA"),
    ("Tamariskengasse 3", "Tür 2", "Wien", "", "1070", "AT"),
)
AREAS = ("503", "971", "458", "541")

PHONE = ("phone", "phone safe", "phone voicemail")
HOME = ("address line 1", "address line 2", "city", "region", "postcode", "country")
ADDRESS = (*HOME, "address safe", "address discreet", "address confirmed")
SECOND = tuple(f"address 2 {one.removeprefix('address ')}" for one in ADDRESS)
PERSON = ("name", "preferred name", "language", "no contact", *ADDRESS)
LOG = ("at", "by", "channel", "direction", "outcome", "used", "came back")
HANDOVER = ("to", "on", "shares", "consent signed", "consent reference")

Cells = dict[str, str]


def under(prefix: str, cells: Cells) -> Cells:
    """Cells under the columns of one person; the first client's need no prefix but for the name."""
    if not prefix:
        return {"client name" if key == "name" else key: cell for key, cell in cells.items()}
    return {f"{prefix} {key}": cell for key, cell in cells.items()}


def columns() -> list[str]:
    """The columns of the export: the case, the first client in full, and up to four more."""
    client, actor = ("born", "died", *PERSON, *PHONE), ("relation", "barred", *PERSON)
    named = ["case", "relationship", "opened", "last session", "clinician", "opted out"]
    named += under("", dict.fromkeys((*client, *SECOND), ""))
    named += [f"{prefix} {one}" for prefix in ("representative", "representative 2") for one in actor]
    for number in range(2, 6):
        named += [f"client {number} {one}" for one in client]
        named += [f"client {number} representative {one}" for one in actor] if number > 3 else []
    named += [f"contact {one}" for one in LOG]
    return [*named, "appointment at", "confidential danger", "confidential notes"]


@dataclass(frozen=True)
class Kin:
    """Those who share a family name, and the language their names are in."""

    language: str
    family: str


class Draw:
    """What is drawn at random from one seed: people, homes and numbers, none of them twice."""

    def __init__(self) -> None:
        self.random = Random(SEED)  # noqa: S311 - made-up people, and no secret
        self.rows_left = Counter(NAMES_IN)
        self.used: set[str] = set()
        self.phones = [f"+1 {area} 555 {number:04}" for area in AREAS for number in range(102, 200)]
        self.random.shuffle(self.phones)

    def once(self, draw: Callable[[], str]) -> str:
        """The first of what is drawn that was not drawn before."""
        while (drawn := draw()) in self.used:
            pass
        self.used.add(drawn)
        return drawn

    def day(self, first: date, last: date) -> str:
        """A day from one to another."""
        return str(first + timedelta(self.random.randrange((last - first).days + 1)))

    def kin(self, rows: int = 1, language: str = "") -> Kin:
        """A family for some rows, in a language that still has as many to give."""
        possible = [one for one, left in self.rows_left.items() for _ in range(left) if left >= rows]
        language = language or self.random.choice(possible)
        self.rows_left[language] -= rows
        return Kin(language, self.random.choice(NAMES[language][1].split()))

    def name(self, kin: Kin) -> Cells:
        """A name nobody has yet, in the family as long as it has any, and what they are called."""
        given, families = (one.split() for one in NAMES[kin.language])
        both = [(one.partition(":"), family) for family in (kin.family, *families) for one in given]
        first = self.random.randrange(len(given))
        names = {_whole(kin, one[0], family): one[2] for one, family in (*both[first:], *both[:first])}
        name = next(name for name in names if name not in self.used)
        self.used.add(name)
        return {"name": name} | ({"preferred name": names[name]} if names[name] else {})

    def home(self) -> Cells:
        """A home in or near Portland."""
        city, region, *codes = self.random.choice(CITIES)
        side, street = self.random.choice(SIDES), self.random.choice(STREETS)
        line = self.once(lambda: f"{self.random.randrange(100, 9900)} {side} {street}")
        flat = f"Apt {self.random.randrange(1, 60)}" if self.random.random() < 0.2 else ""
        place = (line, flat, city, region, str(self.random.randint(*codes)), "US")
        return dict(zip(HOME, place, strict=True))

    def person(self, kin: Kin, home: Cells) -> Cells:
        """Somebody to whom it is safe to write."""
        confirmed = self.day(TODAY - timedelta(90), TODAY)
        way = {"address safe": "yes", "address discreet": "no", "address confirmed": confirmed}
        language = "es" if kin.language == "Spanish" else self.random.choice(("en", ""))
        return self.name(kin) | {"language": language} | home | way

    def adult(self, kin: Kin, home: Cells) -> Cells:
        """A client of age, most with a phone."""
        born = self.day(date(1944, 1, 1), date(2005, 12, 31)) if self.random.random() < 0.85 else ""
        phone: Cells = {}
        if self.phones and self.random.random() < 0.6:
            voicemail = self.random.choice(("none", "callback-only", "detailed"))
            phone = dict(zip(PHONE, (self.phones.pop(), "yes", voicemail), strict=True))
        return {"born": born} | phone | self.person(kin, home)

    def child(self, kin: Kin) -> Cells:
        """A client under age, with nothing but a name and a birthday."""
        return self.name(kin) | {"born": self.day(date(2010, 1, 1), date(2018, 12, 31))}

    def case(self, *clients: Cells) -> Cells:
        """A row about some clients."""
        row = {
            "case": self.once(lambda: f"LR-{self.random.randrange(1000, 9999)}"),
            "relationship": {1: "individual", 2: "couple"}.get(len(clients), "family"),
            "opened": self.day(date(2021, 1, 4), date(2026, 8, 31)),
            "last session": self.day(date(2026, 9, 1), date(2026, 11, 20)),
            "clinician": LEAVING,
        }
        for number, client in enumerate(clients, 1):
            row |= under("" if number == 1 else f"client {number}", client)
        return row


def _whole(kin: Kin, given: str, family: str) -> str:
    parts = (family, given) if kin.language in FAMILY_FIRST else (given, family)
    return ("" if kin.language in WITHOUT_SPACE else " ").join(parts).replace("_", " ")


Builder = Callable[[Draw], Sequence[Cells]]


def alone(column: str = "", cell: str = "") -> Builder:
    """One adult, with a cell that is different."""

    def build(draw: Draw) -> Sequence[Cells]:
        return [draw.case(draw.adult(draw.kin(), draw.home())) | ({column: cell} if column else {})]

    return build


def couple(column: str = "", cell: str = "", *, apart: bool = True) -> Builder:
    """Two adults at two homes or one, the second with a cell that is different."""

    def build(draw: Draw) -> Sequence[Cells]:
        kin, home = draw.kin(), draw.home()
        other = draw.adult(kin, draw.home() if apart else home)
        return [draw.case(draw.adult(kin, home), other | ({column: cell} if column else {}))]

    return build


def acting(person: Cells, number: int = 1, relation: str = "parent") -> Cells:
    """Somebody who acts for a client, to be added to the client's cells."""
    kept = {key: cell for key, cell in person.items() if key in (*PERSON, "barred")}
    prefix = "representative" if number == 1 else f"representative {number}"
    return under(prefix, {"relation": relation, "barred": "no"} | kept)


def minor(*actors: Cells, apart: bool = True) -> Builder:
    """A child and those who act for them, each with cells that are different; the second may live apart."""

    def build(draw: Draw) -> Sequence[Cells]:
        kin, home = draw.kin(), draw.home()
        client = draw.child(kin)
        for number, actor in enumerate(actors, 1):
            where = draw.home() if apart and number > 1 else home
            client |= acting(draw.person(kin, where) | actor, number)
        return [draw.case(client)]

    return build


def without_birthday(draw: Draw) -> Sequence[Cells]:
    """A child whose parent is known, and whose age is not."""
    return [minor({})(draw)[0] | {"born": ""}]


def grown(born: str) -> Builder:
    """Somebody around the day of coming of age, with a parent in the case and both safe to write to."""

    def build(draw: Draw) -> Sequence[Cells]:
        kin, home = draw.kin(), draw.home()
        return [draw.case(draw.person(kin, home) | acting(draw.person(kin, home)) | {"born": born})]

    return build


def family(*, is_represented: bool) -> Builder:
    """Five of a family: two adults, a grown child, and two minors whose parent acts for them, or nobody."""

    def build(draw: Draw) -> Sequence[Cells]:
        kin, home = draw.kin(), draw.home()
        first, second = draw.adult(kin, home), draw.adult(kin, home)
        eldest = draw.person(kin, home) | {"born": draw.day(date(2003, 1, 1), date(2007, 12, 31))}
        parent = acting(first) if is_represented else {}
        return [draw.case(first, second, eldest, draw.child(kin) | parent, draw.child(kin) | parent)]

    return build


def second_home(draw: Draw) -> Sequence[Cells]:
    """Somebody whose first address is not safe, and whose second is."""
    second = (*draw.home().values(), "yes", "yes", "2026-11-18")
    return [alone("address safe", "no")(draw)[0] | dict(zip(SECOND, second, strict=True))]


def safe_and_not(draw: Draw) -> Sequence[Cells]:
    """One home entered twice, once as safe and once as not."""
    home = draw.home()
    second = dict(zip(SECOND, (*home.values(), "no", "no", ""), strict=True))
    return [draw.case(draw.adult(draw.kin(), home)) | second]


def without_home(draw: Draw) -> Sequence[Cells]:
    """Somebody of whom no address is known."""
    return [alone()(draw)[0] | dict.fromkeys(ADDRESS, "")]


def abroad(draw: Draw) -> Sequence[Cells]:
    """Somebody who has moved to another country."""
    place = draw.once(lambda: "\n".join(draw.random.choice(ABROAD)))
    return [draw.case(draw.adult(draw.kin(), dict(zip(HOME, place.split("\n"), strict=True))))]


def single_name(draw: Draw) -> Sequence[Cells]:
    """Somebody with one name."""
    client = draw.adult(draw.kin(language="English"), draw.home())
    return [draw.case(client | {"name": draw.once(lambda: draw.random.choice(SINGLE_NAMES))})]


def without_name(draw: Draw) -> Sequence[Cells]:
    """A row in which the name was left out."""
    return [draw.case(draw.person(Kin("English", "Nobody"), draw.home()) | {"name": ""})]


def returned(draw: Draw) -> Sequence[Cells]:
    """Somebody whose post came back since the address was confirmed."""
    row = alone("address confirmed", "2026-09-10")(draw)[0]
    sent = (
        "2026-10-05T09:00-07:00",
        LEAVING,
        "letter",
        "out",
        "returned",
        row["address line 1"],
        "2026-10-14",
    )
    return [row | under("contact", dict(zip(LOG, sent, strict=True)))]


def executor(draw: Draw) -> Sequence[Cells]:
    """Somebody who has died, and who settles the estate."""
    kin = draw.kin()
    client = draw.adult(kin, draw.home()) | {"died": "2026-10-30"}
    return [draw.case(client | acting(draw.person(kin, draw.home()), relation="executor"))]


def twice(draw: Draw) -> Sequence[Cells]:
    """One case in two rows, of which the second is a later state of it."""
    row = draw.case(draw.adult(draw.kin(rows=2), draw.home()))
    return [row, row | {"last session": "2026-11-21"}]


def same_person(draw: Draw) -> Sequence[Cells]:
    """One person under two case numbers; only one of them has the phone."""
    client = draw.person(draw.kin(rows=2), draw.home()) | {
        "born": draw.day(date(1950, 1, 1), date(1999, 12, 31))
    }
    phone = dict(zip(PHONE, (draw.phones.pop(), "yes", "none"), strict=True))
    return [draw.case(client | phone), draw.case(client)]


def same_home(draw: Draw) -> Sequence[Cells]:
    """Two clients of one household, each with a case of their own."""
    kin, home = draw.kin(rows=2), draw.home()
    return [draw.case(draw.adult(kin, home)), draw.case(draw.adult(kin, home))]


def mistyped(draw: Draw) -> Sequence[Cells]:
    """A word that is neither yes nor no, and a note that a spreadsheet would run."""
    return [alone("address safe", "yse")(draw)[0] | {"confidential notes": "=see paper file"}]


def in_wrong_order(draw: Draw) -> Sequence[Cells]:
    """A last session before the case was opened."""
    return [alone("last session", "2026-01-10")(draw)[0] | {"opened": "2026-10-01"}]


BARRED = {"barred": "yes"}
BUILDERS: dict[str, Builder] = {
    "case twice": twice,
    "same person under two numbers": same_person,
    "two cases in one household": same_home,
    "nothing hard": alone(),
    "discreet": alone("address discreet", "yes"),
    "discreet unsaid": alone("address discreet", ""),
    "second address is the safe one": second_home,
    "abroad": abroad,
    "single name": single_name,
    "opted out of follow-up": alone("opted out", "2026-06-30"),
    "in danger": alone("confidential danger", "yes"),
    "confirmed 90 days ago": alone("address confirmed", "2026-08-24"),
    "appointment on the last day": alone("appointment at", "2027-01-15T16:00-08:00"),
    "couple at one home": couple(apart=False),
    "couple at two homes": couple(),
    "minor with a parent": minor({}),
    "minor with two guardians": minor({}, {}),
    "minor with another parent barred elsewhere": minor({}, BARRED),
    "comes of age on the letter's date": grown("2008-11-22"),
    "comes of age the day after": grown("2008-11-23"),
    "family of five": family(is_represented=True),
    "couple, one address not safe": couple("address safe", "no"),
    "couple apart, one not to be contacted": couple("no contact", "yes"),
    "couple, one address stale": couple("address confirmed", "2026-08-23"),
    "minor, one guardian not safe": minor({}, {"address safe": "no"}),
    "family, nobody acts for the minors": family(is_represented=False),
    "no address": without_home,
    "address not safe": alone("address safe", "no"),
    "safe unsaid": alone("address safe", ""),
    "safe and not safe": safe_and_not,
    "not to be contacted": alone("no contact", "yes"),
    "couple at one home, one not to be contacted": couple("no contact", "yes", apart=False),
    "post came back": returned,
    "died": alone("died", "2026-10-02"),
    "died, with an executor": executor,
    "couple, one died": couple("died", "2026-09-12"),
    "minor with nobody": minor(),
    "minor with a barred parent only": minor(BARRED),
    "minor at home with a barred parent": minor({}, BARRED, apart=False),
    "minor, parent not to be contacted": minor({"no contact": "yes"}),
    "confirmed 91 days ago": alone("address confirmed", "2026-08-23"),
    "confirmed last year": alone("address confirmed", "2025-10-20"),
    "never confirmed": alone("address confirmed", ""),
    "30 February": alone("last session", "2026-02-30"),
    "date the American way": alone("address confirmed", "10/28/2026"),
    "neither yes nor no": mistyped,
    "no name": without_name,
    "unknown clinician": alone("clinician", "dana-okafour"),
    "clinician who stays": alone("clinician", "sam-rivera"),
    "postcode with too few digits": alone("postcode", "9720"),
    "no letter in the language": alone("language", "vi"),
    "appointment after the last day": alone("appointment at", "2027-01-22T10:00-08:00"),
    "last session before the opening": in_wrong_order,
    "minor without a birthday": without_birthday,
}


@dataclass(frozen=True)
class Entry:
    """A row and the sort it is of."""

    sort: Sort
    cells: Cells


def caseload(draw: Draw) -> list[Entry]:
    """Every row, in the order of the table."""
    entries: list[Entry] = []
    for sort in PLAN:
        rows: list[Cells] = []
        while len(rows) < sort.rows:
            rows += BUILDERS[sort.name](draw)
        entries += [Entry(sort, cells) for cells in rows]
    draw.random.shuffle(entries)
    return entries


def assignments(draw: Draw, entries: Iterable[Entry]) -> list[Cells]:
    """Who takes over which case, for most cases of the clinician who leaves."""
    cases = sorted({one.cells["case"] for one in entries if one.cells["clinician"] == LEAVING})
    chosen = sorted(draw.random.sample(cases, ASSIGNED))
    agreed = set(draw.random.sample(chosen, CONSENTED))
    return [_assignment(number, case, case in agreed) for number, case in enumerate(chosen)]


def _assignment(number: int, case: str, is_agreed: bool) -> Cells:
    consent = ("2026-11-16", f"HC-{number:04}") if is_agreed else ("", "")
    told = (STAYING[number % len(STAYING)], TAKES_OVER, "your records", *consent)
    return {"case": case} | under("handover", dict(zip(HANDOVER, told, strict=True)))


def table(names: Sequence[str], rows: Iterable[Cells]) -> str:
    """Rows as csv."""
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def made() -> dict[Path, str]:
    """Both tables, by their files."""
    draw = Draw()
    entries = caseload(draw)
    clients = table(columns(), (one.cells for one in entries))
    given = ["case", *(f"handover {one}" for one in HANDOVER)]
    return {CLIENTS: clients, ASSIGNMENTS: table(given, assignments(draw, entries))}


def main() -> None:
    """Write both tables."""
    for file, text in made().items():
        file.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
