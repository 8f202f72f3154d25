"""The columns of an extract or view of a municipal register, by our names, with their other names.

Modelled on the fields of the register (RD 1690/1986 art. 57; BOE-A-2020-4784), folded, other signs as `_`.
"""

from __future__ import annotations

from collections.abc import Mapping

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "provincia": (
        "cpro",
        "cod_provincia",
        "codigo_provincia",
        "provincia_ine",
    ),
    "municipio": (
        "cmun",
        "cod_municipio",
        "codigo_municipio",
        "municipio_ine",
    ),
    "nombre_municipio": (
        "nmun",
        "nombre_mun",
        "denominacion_municipio",
    ),
    "letra_inicial": (
        "lextr",
        "letra_nie",
    ),
    "identificador": (
        "iden",
        "dni",
        "nif",
        "nie",
        "dni_nie",
        "nif_nie",
        "num_identificador",
        "numero_identificador",
    ),
    "letra": (
        "liden",
        "letra_dni",
        "letra_control",
    ),
    "documento": (
        "ndocu",
        "pasaporte",
        "num_documento",
        "numero_documento",
    ),
    "nombre": ("nomb",),
    "particula1": (
        "part1",
        "particula_primer_apellido",
    ),
    "apellido1": (
        "ape1",
        "primer_apellido",
    ),
    "particula2": (
        "part2",
        "particula_segundo_apellido",
    ),
    "apellido2": (
        "ape2",
        "segundo_apellido",
    ),
    "fecha_nacimiento": (
        "fnac",
        "fecha_nac",
        "f_nacimiento",
    ),
    "nacionalidad": (
        "naci",
        "pais_nacionalidad",
    ),
    "fecha_alta": (
        "falta",
        "f_alta",
        "fecha_alta_padron",
        "fechaaltapadron",
    ),
    "causa_alta": (
        "calta",
        "motivo_alta",
    ),
    "procedencia": (
        "proc",
        "municipio_procedencia",
        "lugar_procedencia",
    ),
    "fecha_baja": (
        "fbaja",
        "f_baja",
    ),
    "causa_baja": (
        "cbaja",
        "motivo_baja",
    ),
    "tipo_via": ("tvia",),
    "nombre_via": (
        "nvia",
        "via",
    ),
    "numero": (
        "numer",
        "nnum",
        "num",
        "numero_via",
    ),
    "bloque": (
        "bloq",
        "blq",
    ),
    "escalera": (
        "esca",
        "esc",
    ),
    "planta": (
        "plan",
        "piso",
    ),
    "puerta": (
        "puer",
        "pta",
    ),
    "codigo_postal": (
        "cpos",
        "cp",
        "cod_postal",
    ),
    "fecha_datos": (
        "fdatos",
        "fecha_referencia",
        "fecha_extraccion",
    ),
}
NEEDED = ("provincia", "municipio", "apellido1", "fecha_nacimiento", "fecha_alta")
NUMBERS = ("identificador", "documento")
"""Columns of which one at least must be there."""
