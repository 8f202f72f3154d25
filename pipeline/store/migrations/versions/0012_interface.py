"""The programs of offices: their keys, what they sent, and where they are called back."""

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""
