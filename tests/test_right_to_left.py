"""A letter in a right-to-left language is laid out from right to left, all of it."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import pytest
import yaml

from letters.letter import Letter
from letters.paper import matched
from letters.proof import Proof
from tests.support import verapdf
from tests.support.desk import Desk

WORDS = {
    "greeting": "السيد/ة {name}،",
    "for_file": "للملف",
    "copy_for_file": "نسخة للملف",
    "closing": "مع خالص التحية،",
    "reference": "رقم المرجع",
    "enclosures": "المرفقات",
    "page": "صفحة {page} من {pages}",
    "draft": "مسودة",
    "signature": "توقيع {name}",
    "logo": "شعار {name}",
    "enclosed": {"originals": "الوثائق", "receipt": "إيصال", "release": "نموذج", "copies": "النسخ"},
}
TEMPLATE = """{% block subject %}نغلق ملفك في الوقت الحالي{% endblock %}
{% block body %}
<section data-says="closing">
  <p>شكرا لك على العمل الذي قمنا به معا. سنغلق ملفك في <strong>{{ ending.on }}</strong>.
  يمكنك العودة إلينا متى شئت، ولا يتغير شيء في ذلك.
  إذا أردت الاستمرار فاتصل بنا قبل هذا اليوم، وسيبقى الملف مفتوحا كما هو.</p>
</section>
<section data-says="records">
  <h2>ملفك</h2>
  <p>يحتفظ {{ records.custodian }} بملفك.
  للحصول على نسخة منه اتصل بالرقم <bdi>{{ records.contact }}</bdi>.</p>
</section>
<section data-says="crisis">
  <h2>إذا احتجت إلى المساعدة الآن</h2>
  <ul>
    <li>في حالة الخطر اتصل بالرقم {{ emergency }}.</li>
    <li>للتحدث مع شخص في أي وقت اتصل بالرقم 988.</li>
  </ul>
</section>
<section data-says="contact">
  <p>رقمنا هو <bdi>{{ practice.phone }}</bdi>.</p>
</section>
{% endblock %}
"""
FIELDS = ["ending.on", "records.custodian", "records.contact", "emergency", "practice.phone"]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The wife of the couple of C-1002, who reads Arabic."""
    desk = Desk(tmp_path, "C-1002")
    desk.case["clients"][1]["language"] = "ar"
    desk.case["words"] = {}
    sections = [{"id": name, "says": name} for name in ("closing", "records", "crisis", "contact")]
    description = {
        "title": "Closing",
        "use": "In Arabic.",
        "to": "client",
        "fields": FIELDS,
        "sections": sections,
    }
    desk.own_kind("closing", description, TEMPLATE, "ar")
    desk.practice["people"]["sam-rivera"]["role"] = {"en": "Therapist", "ar": "معالج نفسي"}
    (desk.folder / "kinds" / "ar.yaml").write_text(yaml.safe_dump(WORDS, allow_unicode=True), "utf-8")
    return desk


def made(desk: Desk, **changes: bool) -> Letter:
    letter, findings = desk.make("closing", to="khadija", **changes)
    assert "file-copy" in [found.code for found in findings]
    assert letter
    return letter


@pytest.mark.parametrize("large_print", [False, True])
def test_the_lines_begin_at_the_right_margin(desk: Desk, large_print: bool) -> None:
    letter = made(desk, large_print=large_print)
    paper, _ = matched("letter", "us-10")
    with Proof(letter.pdf) as proof:
        page = proof.pages[0]
        subject = page.find("نغلق")
        assert subject
        body = [line for line in page.lines() if line.top >= subject.top - 1]
    right = paper.width - paper.margin_right
    assert len(body) > 8
    assert median(abs(right - line.right) for line in body) < 2
    assert sum(line.left > paper.margin_left + 20 for line in body) > len(body) / 2


def test_it_says_so_and_is_accessible(desk: Desk) -> None:
    letter = made(desk)
    assert '<html lang="ar" dir="rtl"' in letter.written.html
    verapdf.require()
    assert verapdf.failures(letter.pdf) == []


def test_the_date_and_the_phone_keep_their_order(desk: Desk) -> None:
    letter = made(desk)
    assert letter.written.frame.values["date"] == "22\u00a0نوفمبر\u00a02026"
    with Proof(letter.pdf) as proof:
        assert "(503)" in proof.pages[0].text
