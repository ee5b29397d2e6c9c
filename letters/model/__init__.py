"""What travels between the rooms: practice, case, kind, and how text becomes them."""

import os

# Plugins of other programs have no business with a client's data, and looking for them takes as long
# as building all models. Pydantic reads this when it is imported.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
