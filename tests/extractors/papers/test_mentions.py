"""Subjects that running text touches."""

from __future__ import annotations

import pytest

from extractors.said.mentions import mentions


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("Manifiesta que se encuentra en su séptimo mes de embarazo.", "pregnancy"),
        ("No puedo trabajar por mi embarazo", "pregnancy"),
        ("No estoy de acuerdo, soy víctima de trata.", "trafficking"),
        ("Ha formulado solicitud de protección internacional el 3 de mayo.", "international_protection"),
        ("Titular de un permiso de protección temporal", "temporary_protection"),
        ("Se le reconoce el estatuto de apátrida.", "statelessness"),
        ("Acreditada como víctima de la violencia de género", "gender_violence"),
        ("Actúa en virtud de poder notarial otorgado en Ceuta", "power_of_attorney"),
        ("Su tutora legal comparece en su nombre", "guardianship"),
        ("Declarada la situación de desamparo de la menor", "desamparo"),
        ("con las medidas de apoyo fijadas por el Juzgado", "support_measures"),
        ("Tuve un convenio especial anterior con el INGESA", "earlier_convenio"),
        ("Soy mutualista de MUFACE desde 2010", "mutual_insurance"),
        ("Trabajador por cuenta ajena, en alta en la Seguridad Social", "social_security_worker"),
        ("Percibo una pensión de viudedad", "pensioner"),
        ("Sí, soy pensionista", "pensioner"),
        ("Vivo en la calle, víctima de trata", "trafficking"),
        ("No tengo ingresos y soy pensionista", "pensioner"),
        ("Cobra el subsidio por desempleo", "unemployment_benefit"),
        ("Adjunto copia de mi tarjeta sanitaria", "health_card"),
        ("Tiene inscrito el documento portátil S1 en el INSS", "foreign_cover"),
        ("Adjunto E-121 de mi país", "foreign_cover"),
        ("Instituto Social de la Marina", "maritime"),
        ("He interpuesto recurso contra la baja en el padrón", "appeal"),
        ("Certificado de emigrante retornado", "returned_emigrant"),
        ("FAMILIAR DE CIUDADANO DE LA UNIÓN", "family_member_of_eu_citizen"),
        ("Residencia temporal no lucrativa", "insurance_required_permit"),
        ("Soc pensionista i estic jubilat", "pensioner"),
        ("Estou embarazada de cinco meses", "pregnancy"),
        ("Je suis enceinte de six mois", "pregnancy"),
        ("I hold a European Health Insurance Card", "european_card"),
    ],
)
def test_a_subject_is_noticed_in_plain_words(letter, line, subject):
    """What a person writes, or an office prints, leads to its subject."""
    assert subject in mentions(letter("Escrito que se acompaña", line))


@pytest.mark.parametrize(
    "line",
    [
        "No soy pensionista ni mutualista de MUFACE, ISFAS o MUGEJU",
        "Declaro que no percibo prestación por desempleo, subsidio por desempleo ni pensión de jubilación.",
        "No estoy embarazada",
        "Pensionista: NO",
        "No dispongo de tarjeta sanitaria europea ni de formulario E-121",
        "Solicito la expedición de la tarjeta sanitaria",
        "Contra esta resolución podrá interponer recurso de alzada en el plazo de un mes",
        "En caso de embarazo consulte en su centro de salud",
        "Je ne suis pas titulaire d'une carte européenne d'assurance maladie",
        "Calle Embajadores 12, bloque S1, Ceuta",
        "Avenida de la Gente de Mar 3, Ceuta",
        "Son padres solteros y no tienen tutor legal",
    ],
)
def test_what_a_sentence_denies_or_merely_offers_is_no_mention(letter, line):
    """A denial, a wish and an office's standing advice touch nothing."""
    assert not mentions(letter("Escrito que se acompaña", line))


def test_a_mention_remembers_its_place(letter):
    """The reviewer is shown the words themselves."""
    field = mentions(letter("Expone", "que es mutualista de MUFACE"))["mutual_insurance"]
    assert (field.text, field.page, field.value["of"]) == ("MUFACE", 1, "somebody")


def test_the_official_forms_touch_no_subject(blank_forms):
    """Six printed forms, empty, mention nothing."""
    touched = {name: [*mentions(pages)] for name, pages in blank_forms.items()}
    assert len(touched) == 6
    assert not any(touched.values())


def test_a_plain_padron_certificate_touches_no_subject(letter):
    """The standing phrases of a town's certificate mention nothing."""
    pages = letter(
        "CERTIFICADO DE EMPADRONAMIENTO INDIVIDUAL",
        "D. Ramón Vidal Otero, Secretario General del Ayuntamiento, CERTIFICO:",
        "Que según los datos obrantes en el Padrón Municipal de Habitantes figura inscrito",
        "D. Tomás Ibarra Lledó, con DNI 00000014Z, nacido el 3 de mayo de 1980 en Lugo,",
        "con fecha de alta 1 de marzo de 2019 por cambio de residencia.",
        "El presente certificado no tiene validez si carece de sello. Protección de datos:",
        "puede ejercer sus derechos en la sede electrónica. Dirección General de Seguridad.",
    )
    assert not mentions(pages)
