"""The days on which the law of these procedures changed, by the act that changed it (docs/law.md, 0b).

`versions.yaml` tells what each one did; a test holds both to the same days.
"""

from __future__ import annotations

import datetime as dt

ALWAYS = dt.date.min
"""What is older than both procedures, as the law of administrative procedure."""
RD_1192_2012 = dt.date(2012, 8, 5)
"""Insured persons and beneficiaries; the procedure of the INSS."""
RD_576_2013 = dt.date(2013, 9, 1)
"""The convenio especial exists; minors, pregnancy, asylum and trafficking get the whole basic care."""
SSI_1475_2014 = dt.date(2014, 8, 7)
"""The procedure of INGESA for Ceuta and Melilla."""
MODEL_2014 = dt.date(2014, 10, 7)
"""The model of the convenio."""
STC_139_2016 = dt.date(2016, 8, 15)
"""The cap of income no longer applies."""
LEY_39_2015 = dt.date(2016, 10, 2)
"""The law of administrative procedure takes the place of Ley 30/1992; Saturdays stop working."""
RDL_7_2018 = dt.date(2018, 7, 31)
"""The right is tied to residence; RD 1192/2012 arts. 2 to 8 are repealed, and kept for the procedure."""
RD_180_2026 = dt.date(2026, 3, 13)
"""The procedure of foreigners without legal residence; groups with a regime of their own."""
LGSS_2015 = dt.date(2016, 1, 2)
"""RDLeg 8/2015, the new text of the law of social security, quoted for stays abroad."""
INE_2020 = dt.date(2020, 5, 3)
"""The instructions on the padrón of 17-2-2020 (BOE-A-2020-4784) bind the municipalities.

They change no rule of the procedures: what they put in words is quoted for filings since then.
"""
