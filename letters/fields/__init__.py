"""Fields: the data a kind's template may ask for, each under a dotted name.

A template gets the fields its kind declares and nothing else, as plain text, lists and dicts.
What is not here (a diagnosis, a reason for leaving, somebody else's address) cannot be asked for.
Importing this package registers all of them.
"""

from letters.fields import case, file, money, people, places, records, referral, times
from letters.fields.registry import FIELDS, Field, Value, collect

_MODULES = (case, file, money, people, places, records, referral, times)

__all__ = ["FIELDS", "Field", "Value", "collect"]
