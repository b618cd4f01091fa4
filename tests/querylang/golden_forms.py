"""Words, the forms of theirs that a text may show, and other words like them; by hand, not by rule.

A row is `word: forms | other words`. Forms are written as they are compared, in small letters; the
word itself is left out. An empty name stands for a text whose language is not known.
"""

_TABLES = {
    "": """
        Syria: syrias | syrian syriac assyria
        plan: plans | planes planet
        journal: journals journaux | journalist
        NGO: ngos | ngor
        UN: | uns une
        Mai: | mais
    """,
    "en": """
        Syria: syrias | syrian syrians assyria
        crisis: crises | critic critical
        church: churches | churchill
        country: countries | countryside count
        veto: vetoes vetos | vetoed
        conflict: conflicts | conflicted
        spokesman: spokesmen | spokeswoman
        woman: women | womanly
        wife: wives | wifi
        box: boxes | boxer
        referendum: referendums referenda | refer
        NATO: natos | nation
        child: children | childhood
        new: | news newer
        Oman: omans | omen
        politic: | politics
        embassy: embassies | embassador
    """,
    "fr": """
        journal: journaux | journaliste
        général: généraux | généralement
        conflit: conflits | conflictuel
        château: châteaux | châtelain
        feu: feux | feuille
        pays: | paysage
        mai: | mais
        travail: travaux | travailleur
        réfugié: réfugiés | refuge
        Dan: | dans
        Syrie: syries | syrien syrienne
    """,
    "es": """
        sanción: sanciones | sancionado
        país: países | paisaje
        voz: voces | vocero
        israelí: israelíes israelís | israel
        joven: jóvenes | juventud
        orden: órdenes | ordenar
        francés: franceses | francesa francia
        ciudad: ciudades | ciudadano
        alemán: alemanes | alemania
        conflicto: conflictos | conflictivo
        Marte: | martes
        régimen: regímenes | regimiento
    """,
    "pt": """
        sanção: sanções | sancionar
        homem: homens | homenagem
        alemão: alemães | alemanha
        mão: mãos | maior
        jornal: jornais | jornalista
        papel: papéis | papelada
        francês: franceses | frança
        míssil: mísseis | missa
        cidade: cidades | cidadão
        país: países | paisagem
    """,
    "it": """
        conflitto: conflitti | conflittuale
        crisi: | critica
        città: | cittadino
        banca: banche | bancario
        guerra: guerre | guerriero
        accordo: accordi | accordare
        paese: paesi | paesaggio
        ministro: ministri | ministero
        Siria: | siriano sirie
        Stato: stati | state
    """,
    "de": """
        Konflikt: konflikte konflikten konfliktes konflikts | konfliktzone
        Iran: irans | iraner iranisch
        Syrien: syriens | syrer
        Sicherheitsrat: sicherheitsrates sicherheitsrats sicherheitsräte sicherheitsräten | rater
        Land: landes lands länder ländern | landung
        England: englands | engländer
        Stadt: städte städten | städter
        Kampf: kampfes kämpfe kämpfen | kämpfer
        Wahl: wahlen | wähler wählen
        Minister: ministers ministern | ministerin
        Präsident: präsidenten | präsidium
        Hafen: hafens häfen | haft
        Ergebnis: ergebnisse ergebnissen ergebnisses | ergeben
        Ministerin: ministerinnen | ministerium
        Zentrum: zentrums zentren | zentral
        syrisch: syrische syrischen syrischer syrisches syrischem | syrer syrien
        Kind: kindes kinder kindern | kindheit
        Mitglied: mitglieds mitglieder mitgliedern | mitte
        schon: | schön
        Haus: hauses häuser häusern | häusler
    """,
    "ru": """
        Сирия: сирии сирию сирией | сирийский сириец
        Германия: германии германию германией | германский немец
        Путин: путина путину путиным путине | путинский
        Лавров: лаврова лаврову лавровым лаврове | лавровый лавра
        Захарова: захаровой захарову | захаров захаровка
        Минск: минска минску минском минске | минский
        Зеленский: зеленского зеленскому зеленским зеленском | зелень зеленый
        Янукович: януковича януковичу януковичем януковиче | янка
        Совет: совета совету советом совете советы советов | советский советник
        Безопасность: безопасности безопасностью | безопасный
        Газа: газы газе газу газой | газ газовый
        беженец: беженца беженцу беженцем беженцы беженцев беженцам беженцами | беженка бег
        боец: бойца бойцу бойцом бойцы бойцов | бой боевой
        рынок: рынка рынку рынком рынке рынки рынков | рыночный
        день: дня дню днем дне дни дней дням днями днях | денег деньги
        Восток: востока востоку востоком востоке | восточный
        война: войны войне войну войной войн войнам | военный воин
        Киев: киева киеву киевом киеве | киевский
        Кремль: кремля кремлю кремлем кремле | кремлевский
        Китай: китая китаю китаем китае | китайский китаец
        Украина: украины украине украину украиной | украинский украинец
        Россия: россии россию россией | российский россиянин
        Обама: обамы обаме обаму обамой | обман
        граница: границы границе границу границей границ | граничный
        гражданин: гражданина гражданину граждане граждан гражданам | гражданка гражданский
        посол: посла послу послом послы послов | после посольство
        семья: семьи семье семью семьей семей | семь семейный
        врач: врача врачу врачом врачи врачей | врачебный
        ООН: | оона
        США: | шаг
        метро: | метр метра
        Мали: | мал мала
        Обь: оби обью | обойма
        великий: великого великому великим великая великой великую великие великих | величие
        оружие: оружия оружию оружием оружии | оружейный
        право: права праву правом праве прав правам правами правах | правый правило
        время: времени временем времена времен | временный
        ракета: ракеты ракете ракету ракетой ракет ракетам ракетами ракетах | ракетный
        санкции: санкций санкциям санкциями санкциях санкция санкцию | санкционный
    """,
    "uk": """
        Україна: україни україні україну україною | український українець
        Київ: києва києву києвом києві | київський
        Харків: харкова харкову харковом харкові | харківський
        Львів: львова львову львовом львові | львівський лев
        Сирія: сирії сирію сирією | сирійський
        Росія: росії росію росією | російський росіянин
        безпека: безпеки безпеці безпеку безпекою | безпечний
        Рада: ради раді раду радою | рад радник радянський
        конфлікт: конфлікту конфліктом конфлікти конфліктів конфліктам | конфліктний
        Зеленський: зеленського зеленському зеленським | зелений
        Путін: путіна путіну путіним путіні | путінський
        Порошенко: порошенка порошенку порошенком порошенкові | порох
        війна: війни війні війну війною воєн | військо
        область: області областю областей | обласний
        рік: року роком роки років | річний
        місто: міста місту містом місті міст | міський
        біженець: біженця біженцю біженцем біженці біженців | біженка
        ринок: ринку ринком ринки ринків | ринковий
        Донецьк: донецька донецьку донецьком | донецький
        президент: президента президенту президентові президентом президенти | президентський
        ООН: | оона
        січень: січня січню січнем січні | січовий
    """,
    "ar": """
        سوريا: وسوريا لسوريا بسوريا | سوري سوريون
        العقوبات: والعقوبات بالعقوبات للعقوبات وبالعقوبات | عقوبة عقوبات
        مجلس: المجلس والمجلس بالمجلس للمجلس لمجلس ومجلس | مجالس جلس
        الأمن: والامن بالامن للامن | امني الامنية
        حرب: الحرب والحرب بحرب للحرب | حربي حروب
        روسيا: وروسيا لروسيا بروسيا | روسي الروسية
        إيران: وايران لايران بايران | ايراني
    """,
    "he": """
        סוריה: בסוריה לסוריה מסוריה וסוריה שבסוריה | סורי סורים
        ממשלה: הממשלה בממשלה והממשלה שהממשלה | ממשל ממשלתי
        ישראל: בישראל לישראל מישראל וישראל ומישראל | ישראלי
        מלחמה: המלחמה במלחמה והמלחמה כשמלחמה | מלחמתי
    """,
    "ko": """
        시리아: 시리아는 시리아가 시리아의 시리아에 시리아에서 시리아를 시리아로 | 시리아인 시리아군
        한국: 한국은 한국이 한국의 한국에서 한국과 한국처럼 | 한국인 한국어 한국은행
        정부: 정부는 정부가 정부의 정부에 정부를 | 정부군 정부안
        제재: 제재를 제재가 제재와 제재들을 | 제재안
    """,
    "el": """
        Συρία: | συρίας συριακός
        πόλεμος: | πολέμου
    """,
    "pl": """
        Syria: | syrii syryjski
        Rosja: | rosji rosyjski
    """,
    "tr": """
        Suriye: | suriyeli suriyenin
        savaş: | savaşlar savaşçı
    """,
}


def _read(table: str) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    rows = {}
    for row in filter(None, map(str.strip, table.splitlines())):
        word, _, rest = row.partition(":")
        forms, _, others = rest.partition("|")
        rows[word] = frozenset(forms.split()), frozenset(others.split())
    return rows


# language to word to the forms that it finds, beside itself, and other words, which it does not
GOLDEN = {language: _read(table) for language, table in _TABLES.items()}
