"""The small words by which a sentence is taken apart, English and Russian; nothing goes in.

Forms are those of `pipelines.querylang.tokens`: small letters, no possessive, and `didn't` is the
two words `didn` and `t`.
"""


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text, which spaces and line breaks separate."""
    return frozenset(text.split())


HE = word_set("he him он ему его")
SHE = word_set("she her она ей ее")
THEY = word_set("they them они их")
OTHERS = word_set("i we it you я мы")
PRONOUNS = HE | SHE | THEY | OTHERS
RELATIVE = word_set("who which whom который которая которые которое")

PREPOSITIONS = word_set(
    """of in at from for with on by to about near under over during after before since between
    against outside inside into per through within without upon among amid amongst following
    behind towards toward across including like than regarding concerning around despite via
    в во на с со из от о об по для при у к ко за под над между после перед до без про через среди
    """
)
JOINING = word_set("and but or nor yet и а но или then")
SUBORDINATE = word_set(
    """этом том тем очередь свою время ходе
    that if when while because whereas although though as whether where until unless once since
    что если когда пока хотя чтобы поскольку потому так как где"""
)
ARTICLES = word_set(
    """the a an this these those some many several both all one two three four five six his her
    their its our my your another other most few certain no any each every"""
)
AUXILIARIES = word_set(
    """has have had is was are were be been being will would can could may might must shall should
    do does did ve s d m"""
)
NOT = word_set("not never t cannot не")
ADVERBS = word_set(
    """also later further previously repeatedly reportedly formally subsequently recently earlier
    specifically simply only even just still now then again already always often soon once since
    additionally meanwhile instead however hereby twice late early today yesterday tonight
    тоже также ранее позднее позже затем уже потом однако тогда сегодня вчера накануне одновременно
    фактически взамен всерьез официально неоднократно вновь снова прямо напомним отдельно"""
)
# Between a Russian subject and its verb: "Лавров тем временем подчеркнул".
ASIDES = (
    ("при", "этом"),
    ("при", "том"),
    ("тем", "временем"),
    ("тем", "не", "менее"),
    ("вместе", "с", "тем"),
    ("между", "тем"),
    ("кроме", "того"),
    ("помимо", "этого"),
    ("в", "свою", "очередь"),
    ("в", "то", "же", "время"),
    ("по", "его", "словам"),
    ("по", "ее", "словам"),
    ("по", "их", "словам"),
)
OF_MEETINGS = word_set("ходе время рамках")  # "в ходе встречи": together they are a preposition
DAYS = word_set(
    """monday tuesday wednesday thursday friday saturday sunday morning afternoon evening night
    day days today yesterday tonight week month year january february march april may june july
    august september october november december weekend
    понедельник вторник среду четверг пятницу субботу воскресенье января февраля марта апреля мая
    июня июля августа сентября октября ноября декабря года году"""
)
# What a name of a body stands behind: "агентство Блумберг".
BODIES = word_set(
    """агентство телеканал канал газета издание компания корпорация ведомство портал журнал
    радиостанция служба организация партия движение группа сайт министерство"""
)
# Who hears, in Russian: "заявил журналистам".
HEARERS = word_set("журналистам корреспондентам репортерам агентству изданию телеканалу газете сми")
# "over the past few months" before a verb.
SPANS = word_set("weeks months years hours days")
OF_SPANS = word_set(
    "few past last recent several next two three four five six many over in for the"
)
# Who speaks without a name and without an article: "officials said".
PEOPLE = word_set(
    """officials police authorities scientists researchers experts reports report sources media
    critics analysts witnesses prosecutors doctors lawyers leaders ministers diplomats campaigners
    activists economists investigators organisers organizers residents others people lawmakers
    protesters observers supporters opponents firefighters rescuers soldiers astronomers scholars
    agencies companies government court data study military police"""
)
# What a body writes: "WHO report", "Johns Hopkins University data" are the body's words.
WRITINGS = word_set(
    """report reports data records statement statements figures study survey website release account
    documents post tweet research letter email"""
)
# What else may say something without a name: people, bodies and papers, one of each.
SPEAKERS = word_set(
    """academy account acquaintance activist actress administration adult advisory advocate
    affidavit agency agent agreement aide ally analysis announcement army article associate
    association attendee attorney aunt authority backer blower body boss brokerage brother
    bulletin bureau businessman businesswoman cabinet captain ceo chair chancellor chief child
    children city clerk coach coalition colleague college commander commission committee
    community companies company complaint conclusion conference congressman congresswoman
    council couple court critic dad data daughter decision declaration delegation democrat
    department description diplomat director disclosure doctor document draft email embassy
    employee envoy estimate evaluation evidence excerpt executive expert eyewitness fact family
    father federation figure filing finding firm foundation founder friend general government
    governor group guard guide guideline husband image indictment individual insider institute
    interviewee investigation journal judge judgement judgment king lab laboratory law lawmaker
    lawsuit leader league letter magazine maker man manifesto mayor member memo men message
    military minister ministry mother motion mp neighbor neighbour network news newspaper note
    notice nurse office officer official order organisation organization owner paper parent
    party patient people person petition physician picture plan police poll polling pope
    president press priest prince princess proclamation producer professor projection prosecutor
    protester publication queen quote rebel record relative release report representative
    republican research resident resolution result review royal ruling school secretary senator
    service side sign sister site soldier son source spokesman spokesperson spokeswoman staff
    state statement student study summary surgeon survey suspect team teen teenager test text
    transcript treaty uncle union university user utility verdict victim video villager
    volunteer warning website whistleblower wife witness woman women work writing"""
)
# Endings of who does something, and words that have them and do not.
_DOES = ("er", "ers", "or", "ors", "ist", "ists", "ian", "ians", "eur", "man", "men")
_DOES_NOT = word_set(
    """number order disorder matter power error factor sector water winter summer november december
    september october year later other others former latter her over under never river danger paper
    tower center theater theatre chapter corner border quarter disaster cancer fever"""
)


def may_speak(form: str) -> bool:
    """Return whether a word tells of people, a body or a paper: "reporters", not "number"."""
    one = {form, form.removesuffix("s"), form.removesuffix("es")}
    if form.endswith("ies"):
        one.add(form[:-3] + "y")
    if one & SPEAKERS or form in PEOPLE | WRITINGS:
        return True
    return form.endswith(_DOES) and not one & _DOES_NOT


# How Russian words of people, bodies and papers begin, in any case.
RUSSIAN_SPEAKERS = tuple(
    sorted(
        word_set(
            """автор агентств адвокат администрац академик актер актрис акционер аналитик артист
            ассоциац банк бизнесмен блоггер блогер болельщик брат ведомств вице власт
            военн врач газет гендиректор генерал генпрокурор глав госсекретар
            губернатор движени девушк демократ депутат дипломат директор доктор
            епископ женщин жител журнал журналист зам издани инвестор инспектор
            институт истец источник истц кабинет кандидат канцеляри канцлер командир
            командующ комисси комитет компани координатор король корреспондент лидер
            медик менеджер министерств министр мужчин музыкант мэр наблюдател
            начальник омбудсмен оппонент организац основател отец офицер очевид
            парламент парти патриарх певец певиц писател политик политолог полици
            полпред пользовател помощник портал посол посольств правительств
            правозащитник предпринимател председател представител президент премьер
            пресса прессы прокур профессор психолог радио редактор режисс ректор
            республикан ритейлер родственник руководител сайт свидетел секретар
            сенатор сестра скульптор следовател следстви сми совет советник создател
            сотрудник социолог союз специалист спикер спортсмен студент суд судь
            телеканал тренер уполномочен управлени ученые ученый учёны фанат феминист
            физик фирм футболист хакер художник чиновник член эколог экономист эксперт
            юрист"""
        )
    )
)
# The same in Russian, as they stand behind "в": "сообщается в пресс-релизе компании".
DOCUMENTS = word_set(
    """пресс релизе релиз заявлении сообщении отчете докладе документе статье письме материале
    материалах обращении публикации исследовании официальном распространенном совместном"""
)
PASSIVE = word_set("is was were been be being are m get got")
# Forms that make a clause of what they stand in; "-ed" is judged by what follows.
FINITE = word_set(
    """is are was were am has have had will would can could may might must shall should do does did
    isn aren wasn weren hasn haven hadn won wouldn couldn didn doesn don cannot ll ve re m
    went fell rose took made came gave saw knew became began found lost won left held kept led felt
    got met paid ran said sent spoke stood thought told wrote needs want wants need remains remain
    shows show means mean believes believe expects expect plans plan seems appear appears continue
    continues needed includes include intends intend support supports allows allow
    deserve deserves owns know knows think thinks feel feels stands stand belongs face faces"""
)
# Verbs that begin another statement behind "and": the clause reported ends before it.
NEXT_ACTS = word_set(
    """urged called voiced expressed thanked praised asked pledged vowed condemned
    welcomed accused criticised criticized blamed rejected denied endorsed offered refused"""
)
# Where a thing was said: "said in a statement that".
OCCASIONS = word_set(
    """statement interview tweet conference briefing report speech letter email post release
    meeting address message article editorial blog video television tv radio hearing
    testimony filing memo anonymity police press public facebook twitter telegram parliament court
    remarks reporters"""
)
