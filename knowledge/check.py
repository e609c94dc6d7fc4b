"""Load every fact table once, so that a faulty row is found before a visitor meets it."""

from knowledge import cards, desks, municipalities, places, referral, topics, urgency


def everything() -> None:
    """Raises facts.FactError for the first fault, naming file, row and what to do."""
    municipalities.load()
    known = desks.load()
    for municipality in municipalities.municipalities().values():
        if municipality.desk not in known:
            raise ValueError(
                f"municipalities.csv: {municipality.name} の窓口「{municipality.desk}」がありません"
            )
    topics.load()
    referral.load()
    cards.load()
    urgency.signs()
    places.mentions("")
