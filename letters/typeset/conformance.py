"""Conformance claims that WeasyPrint cannot make by itself."""

from __future__ import annotations

from typing import Any

_END_OF_RDF = b"</rdf:RDF>"

# PDF/A permits a property outside its predefined schemas only where the same packet describes
# it (ISO 19005-2, 6.6.2.3), so the claim brings the description of its one property along.
_PDFUA_CLAIM = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
  <pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about=""
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas>
    <rdf:Bag>
      <rdf:li rdf:parseType="Resource">
        <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
        <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
        <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
        <pdfaSchema:property>
          <rdf:Seq>
            <rdf:li rdf:parseType="Resource">
              <pdfaProperty:name>part</pdfaProperty:name>
              <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
              <pdfaProperty:category>internal</pdfaProperty:category>
              <pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
            </rdf:li>
          </rdf:Seq>
        </pdfaSchema:property>
      </rdf:li>
    </rdf:Bag>
  </pdfaExtension:schemas>
</rdf:Description>
"""


def declare_pdfua(document: Any, pdf: Any) -> None:  # noqa: ARG001 - WeasyPrint passes both
    """Claim PDF/UA-1 in the XMP packet of a PDF/A file; pass this to `write_pdf` as `finisher`.

    A file conforms to PDF/UA only if its metadata says so (ISO 14289-1, clause 5), and
    WeasyPrint writes the identification of one standard per file. The claim goes into the RDF
    element WeasyPrint wrote, because an XMP packet may hold only one: its `xmp_metadata`
    option would add a second, which validators ignore.
    """
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    before, end, after = b"".join(metadata.stream).partition(_END_OF_RDF)
    if not end:
        raise ValueError("the XMP packet has no rdf:RDF element to extend")
    metadata.stream = [before + _PDFUA_CLAIM + end + after]
