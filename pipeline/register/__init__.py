"""The municipal register as a second source: who may be asked, about whom, and what was answered.

    sources = Sources(settings.register)                         # pipeline.register.sources
    case = consulted(case, sources, settings.policy, audit)      # pipeline.register.consult

Two kinds of source are built, `csv` and `sql`; a web service would be a third in `sources.open_source`.
Source: Ley 39/2015 art. 28.2; docs/law.md AS-PAD-01, CE-DOC-06. See docs/register.md.
"""
