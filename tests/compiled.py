"""What statements compile to, kept for all stores of a process: each of them would compile its own anew."""

import sqlalchemy as sa


class Compiled(dict):
    """By the kind of database, and not by the one database that a statement was first put to."""

    def __getitem__(self, key):
        return super().__getitem__((type(key[0]), *key[1:]))

    def __setitem__(self, key, value):
        super().__setitem__((type(key[0]), *key[1:]), value)

    def get(self, key, default=None):
        return super().get((type(key[0]), *key[1:]), default)


_COMPILED = Compiled()


@sa.event.listens_for(sa.Engine, "engine_connect")
def _shares_what_is_compiled(connection):
    connection.execution_options(compiled_cache=_COMPILED)
