// The words of the interface, in bokmål, nynorsk and English. A word with blanks in it is a function.

const nb = {
  name: 'Norsk (bokmål)', language: 'Språk', skip: 'Hopp til innholdet',
  start: 'Start egenvurderingen', continue: 'Fortsett', about: 'Om egenvurderingen',
  private: 'Ingenting sendes ut av nettleseren.', privateMore: 'Svarene lagres bare på denne enheten. De sendes ikke til kommunen, til oss eller til noen andre.',
  time: (n) => `${n} spørsmål, omtrent ${minutes(n)} minutter. Dere kan stoppe når som helst og fortsette senere.`,
  model: 'Modell', ownModel: 'Åpne en modellfil', subject: 'Hvem gjelder vurderingen?', subjectHint: 'For eksempel navnet på kommunen. Kan stå tomt.',
  saved: 'Lagret på denne enheten', saving: 'Lagrer …', unsaved: 'Kan ikke lagres på denne enheten. Last ned svarene før dere lukker siden.',
  list: 'Lagrede egenvurderinger', unnamed: 'Uten navn', rename: 'Gi nytt navn', duplicate: 'Lag en kopi', remove: 'Slett', removed: (name) => `«${name}» er slettet.`, undo: 'Angre',
  open: 'Åpne en fil', save: 'Lagre', cancel: 'Avbryt', changed: (date) => `sist endret ${date}`,
  keep: 'Nettleseren kan slette det som er lagret. Last ned svarene for å ta vare på dem.',
  progress: (n, of) => `${n} av ${of} besvart`, left: (n) => (n ? `omtrent ${minutes(n)} ${minutes(n) === 1 ? 'minutt' : 'minutter'} igjen` : 'alt er besvart'),
  contents: 'Innhold', all: 'Alle på én side', one: 'Ett tema om gangen', part: (i, n) => `tema ${i} av ${n}`, state: { none: 'ikke begynt', some: 'påbegynt', all: 'besvart' },
  yes: 'Ja', no: 'Nei', clear: 'Fjern svaret', notApplicable: 'Ikke aktuelt for oss', applies: 'Det er aktuelt likevel', reason: 'Hvorfor er det ikke aktuelt?',
  comment: 'Legg til kommentar', commentLabel: 'Kommentar', evidence: 'Legg til lenke', evidenceTitle: 'Hva lenken viser', evidenceURL: 'Adresse', evidenceHint: 'Begynner med https://, http:// eller mailto:', evidenceBad: 'Adressen må begynne med https://, http:// eller mailto:, og ha ingen mellomrom.', removeLink: 'Fjern lenken',
  previous: 'Forrige', next: 'Neste', toResult: 'Se resultatet', toQuestions: 'Til spørsmålene', toStart: 'Til forsiden', several: 'Velg alle som passer.',
  numberBad: 'Skriv et tall.', wholeBad: 'Skriv et helt tall.', rangeBad: (low, high) => (high === undefined ? `Tallet må være minst ${low}.` : low === undefined ? `Tallet kan være høyst ${high}.` : `Tallet må være fra ${low} til ${high}.`), decimalBad: 'Skriv høyst ni siffer etter komma.', textBad: 'Teksten er for lang.',
  soFar: 'Foreløpig', noLevel: 'Ikke noe nivå ennå', noScore: 'Ingen poeng ennå', mayEnd: (low, high) => (low === high ? `ender på nivå ${low}` : `kan ende på nivå ${low}\u2060–\u2060${high}`), mayEndScore: (low, high) => `kan ende på ${low}–${high}`,
  level: (n) => `Nivå ${n}`, announce: (n, title, score) => `Nivå ${n}, ${title}, ${score} poeng`, points: (value, max) => `Poeng ${value} av ${max}.`, range: (low, high, missing) => `Kan ende mellom ${low} og ${high} når ${missing === 1 ? 'det siste spørsmålet' : `de ${missing} siste spørsmålene`} er besvart.`,
  overall: 'Samlet nivå', result: 'Resultat', overview: 'Oversikt', roadmap: 'Neste steg', explanation: 'Forklaring', compare: 'Sammenlign', answers: 'Alle svar',
  enough: (n, title) => `Poengene holder til nivå ${n}, ${title}.`, holds: 'Dette holder dere igjen', holdsFor: (n, title) => `For å nå nivå ${n}, ${title}:`, see: 'Se svarene', anyOf: 'Ett av dette er nok:', required: 'Disse spørsmålene må besvares før det blir et resultat:',
  needValue: (name, test, want, has) => `${name} må være ${test} ${want}${has === undefined ? ', og har ingen verdi ennå' : `, og er ${has}`}.`, needLevel: (name, want, has) => `${name} må ha nådd nivået ${want}${has === undefined ? ', og har ikke noe nivå ennå' : `, og er på ${has}`}.`, needAnswer: (name, want) => `${name} – svaret må være ${want}.`, needOtherAnswer: (name, want) => `${name} – svaret kan ikke være ${want}.`, needAnswered: (name) => `${name} – må være besvart.`, needNot: (text) => `Dette kan ikke gjelde: ${text}`, needComplete: (name, want, has) => `${name} må være ${want} besvart, og er ${has}.`, or: ' eller ',
  test: { atLeast: 'minst', moreThan: 'mer enn', atMost: 'høyst', lessThan: 'mindre enn', equals: 'nøyaktig' },
  dimensions: 'Temaene mot målet', now: 'nå', possible: 'mulig når alt er besvart', target: 'mål', targets: 'Sett mål', noTarget: 'Ikke noe mål', strengths: 'Over eller på målet', gaps: 'Under målet', profile: 'Profil', practices: 'Alle temaer', practicesHint: 'Tallet står i ruten, og fargen følger tallet.', asTable: 'Vis som tabell', score: 'Poeng', levelWord: 'Nivå', nameWord: 'Navn', rangeWord: 'Kan ende på', missing: 'mangler svar', weakest: (name, value) => `${name} er svakest, ${value}.`, strongest: (name, value) => `${name} er sterkest, ${value}.`,
  steps: 'Neste steg', rank: 'Nr.', stateWord: 'Status', step: 'Steg', effort: 'Innsats', gain: 'Gevinst', reaches: (n) => `gir nivå ${n}`,
  explain: 'Velg hva som skal forklares', inputs: 'Dette er poengene satt sammen av', weight: 'Vekt', contribution: 'Bidrag', startValue: 'Alle på sitt laveste', aggregated: 'Samlet', adjusted: 'Justert', scaled: 'Skalert', rounded: 'Avrundet', status: { missing: 'ikke besvart', notApplicable: 'ikke aktuelt', hidden: 'gjelder ikke', unscored: 'gir ikke poeng', scored: 'teller' }, aggregate: { mean: 'vektet gjennomsnitt', sum: 'sum', min: 'laveste', max: 'høyeste', median: 'median', product: 'produkt', geometric: 'geometrisk gjennomsnitt', share: 'andel som er oppfylt', staged: 'høyeste trinn som er nådd' }, ratio: 'andel av skalaen', answerParts: 'Hva hvert svar bidrar med', base: 'Med alle svar på sitt dårligste', ifBest: 'Om svaret var det beste', value: 'Verdi', threshold: 'Grense', reached: 'nådd', notReached: 'ikke nådd', gateFails: 'kravet er ikke oppfylt',
  compareEarlier: 'Mot en annen vurdering', compareChoose: 'Velg en lagret vurdering', compareFile: 'Åpne filer fra andre', compareHint: 'Åpne nedlastede svar fra andre kommuner. Filene leses bare her, på denne enheten.', before: 'Før', after: 'Nå', change: 'Endring', changedAnswers: 'Svar som er endret', group: 'Mot en gruppe', groupOf: (n) => `${n} vurderinger`, median: 'Median', quartiles: 'Kvartiler', own: 'Dere', weakTogether: 'Svakest sammen: her kan felles arbeid gi mest', compareNothing: 'Velg en vurdering eller åpne filer for å sammenligne.',
  question: 'Spørsmål', answer: 'Svar', unanswered: 'Ikke besvart', edit: 'Endre', print: 'Skriv ut rapporten', download: 'Last ned', asJSON: 'Svarene (JSON)', asCSV: 'Resultatet (CSV)', asMarkdown: 'Rapporten (Markdown)', link: 'Kopier lenke med svarene', linkCopied: 'Lenken er kopiert. Den som får den, ser svarene.', linkHint: 'Kopier denne lenken. Den som får den, ser svarene.', report: 'Rapport', made: (date) => `Laget ${date}`, how: 'Slik er tallene regnet ut', howText: (model, version, digest) => `Modellen ${model}, versjon ${version} (${digest}), er regnet ut nøyaktig, uten avrunding på veien. De samme svarene gir alltid det samme resultatet.`,
  opened: 'Svarene fra filen er åpnet som en ny vurdering.', openedLink: 'Svarene fra lenken er åpnet som en ny vurdering.', badFile: 'Filen er ikke en egenvurdering. Svarene deres er uendret.', badModel: 'Filen er ikke en modell som kan brukes.', otherModel: 'Filen hører til en annen modell. Svarene deres er uendret.', badLink: 'Lenken kan ikke leses. Svarene deres er uendret.', badSaved: 'Det som er lagret, kan ikke leses. Det ligger der fortsatt, og dere kan laste det ned.', otherVersion: 'Svarene er gitt til en annen versjon av modellen. Se over dem.', otherTab: 'Vurderingen er endret i en annen fane.', reload: 'Hent endringene', failed: 'Egenvurderingen kan ikke vises i denne nettleseren.', loading: 'Henter egenvurderingen …', retry: 'Prøv igjen', details: 'Vis hva som er galt', warnings: 'Merk', hiddenAnswer: (name) => `Svaret på «${name}» er tatt vare på, men teller ikke nå, fordi spørsmålet ikke lenger gjelder.`, close: 'Lukk',
  more: 'Les mer', keepMine: 'Behold begge', conflict: 'Ikke lagret', nowAsked: (n) => `Nå er det ${n} spørsmål.`, stillRequired: (n) => (n === 1 ? 'Ett svar mangler før det blir et resultat' : `${n} svar mangler før det blir et resultat`), rangeHint: (low, high) => `fra ${low} til ${high}`, dropHint: 'Dere kan også slippe filene her.', against: (name, value, target) => `${name}: ${value}, målet er ${target}`, againstTarget: 'Målt mot målet',
  working: 'Regner …', notWorked: 'Dette kunne ikke regnes ut.', aim: 'Hva er målet?', aimTargets: 'Målene dere har satt', aimLevel: (n, title) => `Nivå ${n}, ${title}`, aimMost: 'Så høyt som mulig', budget: 'Høyst så mye innsats', budgetHint: 'Kan stå tomt. Innsats er modellens anslag på hva et steg koster.',
  planIs: (n, effort, from, to, ends) => `${n === 1 ? 'Ett steg' : `${n} steg`} med en innsats på ${effort} hever poengene fra ${from} til ${to}: ${ends}.`, levelNamed: (n, title) => `nivå ${n}, ${title}`, planCheapest: 'Ingen plan er billigere.', planBest: 'Ingen plan gir mer for innsatsen.', planBound: (cost) => `Ingen plan koster mindre enn ${cost}.`, planFound: 'Det er den beste planen som ble funnet.', planNone: 'Målet kan ikke nås med det som kan endres.', planOver: (cost) => `Målet koster minst ${cost}, og det er mer enn innsatsen dere har.`, planUnknown: 'Ingen plan ble funnet.', planReached: 'Målet er nådd.', planNothing: 'Ingen endring hever poengene.', planSmall: 'Innsatsen er for liten til at noe hever poengene.',
  becauseOf: (name, level) => `Kreves for at «${name}» skal nå nivået ${level}.`, leaveOut: 'Utelat', kept: 'Dette endres ikke', takeBack: 'Ta med igjen', effortAgainst: 'Innsats mot poeng', buys: (effort, n, title) => `En innsats på ${effort} gir nivå ${n}, ${title}.`, buysValue: (effort, value) => `En innsats på ${effort} gir ${value}.`,
  doubt: 'Hvor sikkert er nivået?', doubtHint: 'Vektene i modellen er skjønn. Her er nivået regnet ut mange ganger med andre vekter.', howOften: 'Hvor ofte', weightsMatter: (names) => `Mest betyr vekten av ${names.map((name) => `«${name}»`).join(', ')}.`,
  explains: 'Bidro med', percentile: 'Prosentil', percentileHint: 'Prosentilen sier hvor stor del av gruppen som ligger under dere, pluss halvparten av dem som er like.', teaches: (strong, value, weak, low) => `${strong} (${value}) kan lære bort til ${weak} (${low}).`,
};

const nn = {
  ...nb,
  name: 'Norsk (nynorsk)', skip: 'Hopp til innhaldet',
  start: 'Start eigenvurderinga', continue: 'Hald fram', about: 'Om eigenvurderinga',
  private: 'Ingenting blir sendt ut av nettlesaren.', privateMore: 'Svara blir berre lagra på denne eininga. Dei blir ikkje sende til kommunen, til oss eller til andre.',
  time: (n) => `${n} spørsmål, om lag ${minutes(n)} minutt. De kan stoppe når som helst og halde fram seinare.`,
  model: 'Modell', ownModel: 'Opne ei modellfil', subject: 'Kven gjeld vurderinga?', subjectHint: 'Til dømes namnet på kommunen. Kan stå tomt.',
  saved: 'Lagra på denne eininga', saving: 'Lagrar …', unsaved: 'Kan ikkje lagrast på denne eininga. Last ned svara før de lukkar sida.',
  list: 'Lagra eigenvurderingar', unnamed: 'Utan namn', rename: 'Gi nytt namn', duplicate: 'Lag ein kopi', removed: (name) => `«${name}» er sletta.`,
  open: 'Opne ei fil', save: 'Lagre', changed: (date) => `sist endra ${date}`,
  keep: 'Nettlesaren kan slette det som er lagra. Last ned svara for å ta vare på dei.',
  progress: (n, of) => `${n} av ${of} svara på`, left: (n) => (n ? `om lag ${minutes(n)} minutt att` : 'alt er svara på'),
  contents: 'Innhald', all: 'Alle på ei side', one: 'Eitt tema om gongen', state: { none: 'ikkje byrja', some: 'påbyrja', all: 'svara på' },
  clear: 'Fjern svaret', notApplicable: 'Ikkje aktuelt for oss', applies: 'Det er aktuelt likevel', reason: 'Kvifor er det ikkje aktuelt?',
  evidence: 'Legg til lenkje', evidenceTitle: 'Kva lenkja viser', evidenceHint: 'Byrjar med https://, http:// eller mailto:', evidenceBad: 'Adressa må byrje med https://, http:// eller mailto:, og ha ingen mellomrom.', removeLink: 'Fjern lenkja',
  previous: 'Førre', toResult: 'Sjå resultatet', toQuestions: 'Til spørsmåla', toStart: 'Til framsida', several: 'Vel alle som passar.',
  numberBad: 'Skriv eit tal.', wholeBad: 'Skriv eit heilt tal.', rangeBad: (low, high) => (high === undefined ? `Talet må vere minst ${low}.` : low === undefined ? `Talet kan vere høgst ${high}.` : `Talet må vere frå ${low} til ${high}.`), decimalBad: 'Skriv høgst ni siffer etter komma.', textBad: 'Teksten er for lang.',
  soFar: 'Førebels', noLevel: 'Ikkje noko nivå enno', noScore: 'Ingen poeng enno', mayEnd: (low, high) => (low === high ? `endar på nivå ${low}` : `kan ende på nivå ${low}\u2060–\u2060${high}`),
  range: (low, high, missing) => `Kan ende mellom ${low} og ${high} når ${missing === 1 ? 'det siste spørsmålet' : `dei ${missing} siste spørsmåla`} er svara på.`,
  overall: 'Samla nivå', compare: 'Samanlikn', roadmap: 'Neste steg',
  enough: (n, title) => `Poenga held til nivå ${n}, ${title}.`, holds: 'Dette held dykk att', holdsFor: (n, title) => `For å nå nivå ${n}, ${title}:`, see: 'Sjå svara', anyOf: 'Eitt av dette er nok:', required: 'Desse spørsmåla må svarast på før det blir eit resultat:',
  needValue: (name, test, want, has) => `${name} må vere ${test} ${want}${has === undefined ? ', og har ingen verdi enno' : `, og er ${has}`}.`, needLevel: (name, want, has) => `${name} må ha nådd nivået ${want}${has === undefined ? ', og har ikkje noko nivå enno' : `, og er på ${has}`}.`, needAnswer: (name, want) => `${name} – svaret må vere ${want}.`, needOtherAnswer: (name, want) => `${name} – svaret kan ikkje vere ${want}.`, needAnswered: (name) => `${name} – må svarast på.`, needNot: (text) => `Dette kan ikkje gjelde: ${text}`, needComplete: (name, want, has) => `${name} må vere ${want} svara på, og er ${has}.`,
  test: { atLeast: 'minst', moreThan: 'meir enn', atMost: 'høgst', lessThan: 'mindre enn', equals: 'nøyaktig' },
  dimensions: 'Temaa mot målet', now: 'no', possible: 'mogleg når alt er svara på', targets: 'Set mål', noTarget: 'Ikkje noko mål', practices: 'Alle tema', practicesHint: 'Talet står i ruta, og fargen følgjer talet.', nameWord: 'Namn', missing: 'manglar svar', weakest: (name, value) => `${name} er svakast, ${value}.`, strongest: (name, value) => `${name} er sterkast, ${value}.`,
 
  explain: 'Vel kva som skal forklarast', inputs: 'Dette er poenga sette saman av', startValue: 'Alle på sitt lågaste', aggregated: 'Samla', scaled: 'Skalert', rounded: 'Avrunda', status: { missing: 'ikkje svara på', notApplicable: 'ikkje aktuelt', hidden: 'gjeld ikkje', unscored: 'gir ikkje poeng', scored: 'tel' }, aggregate: { ...nb.aggregate, mean: 'vekta gjennomsnitt', min: 'lågaste', max: 'høgaste', share: 'del som er oppfylt', staged: 'høgaste trinn som er nådd' }, ratio: 'del av skalaen', answerParts: 'Kva kvart svar bidreg med', base: 'Med alle svar på sitt dårlegaste', notReached: 'ikkje nådd', gateFails: 'kravet er ikkje oppfylt',
  compareEarlier: 'Mot ei anna vurdering', compareChoose: 'Vel ei lagra vurdering', compareFile: 'Opne filer frå andre', compareHint: 'Opne nedlasta svar frå andre kommunar. Filene blir berre lesne her, på denne eininga.', after: 'No', changedAnswers: 'Svar som er endra', group: 'Mot ei gruppe', groupOf: (n) => `${n} vurderingar`, own: 'De', weakTogether: 'Svakast saman: her kan felles arbeid gi mest', compareNothing: 'Vel ei vurdering eller opne filer for å samanlikne.',
  unanswered: 'Ikkje svara på', edit: 'Endre', asJSON: 'Svara (JSON)', link: 'Kopier lenkje med svara', linkCopied: 'Lenkja er kopiert. Den som får henne, ser svara.', linkHint: 'Kopier denne lenkja. Den som får henne, ser svara.', made: (date) => `Laga ${date}`, how: 'Slik er tala rekna ut', howText: (model, version, digest) => `Modellen ${model}, versjon ${version} (${digest}), er rekna ut nøyaktig, utan avrunding på vegen. Dei same svara gir alltid det same resultatet.`,
  opened: 'Svara frå fila er opna som ei ny vurdering.', openedLink: 'Svara frå lenkja er opna som ei ny vurdering.', badFile: 'Fila er ikkje ei eigenvurdering. Svara dykkar er uendra.', badModel: 'Fila er ikkje ein modell som kan brukast.', otherModel: 'Fila høyrer til ein annan modell. Svara dykkar er uendra.', badLink: 'Lenkja kan ikkje lesast. Svara dykkar er uendra.', badSaved: 'Det som er lagra, kan ikkje lesast. Det ligg der framleis, og de kan laste det ned.', otherVersion: 'Svara er gitte til ein annan versjon av modellen. Sjå over dei.', otherTab: 'Vurderinga er endra i ei anna fane.', reload: 'Hent endringane', failed: 'Eigenvurderinga kan ikkje visast i denne nettlesaren.', loading: 'Hentar eigenvurderinga …', retry: 'Prøv igjen', details: 'Vis kva som er gale', hiddenAnswer: (name) => `Svaret på «${name}» er teke vare på, men tel ikkje no, fordi spørsmålet ikkje lenger gjeld.`, close: 'Lukk',
  more: 'Les meir', keepMine: 'Behald begge', conflict: 'Ikkje lagra', nowAsked: (n) => `No er det ${n} spørsmål.`, stillRequired: (n) => (n === 1 ? 'Eitt svar manglar før det blir eit resultat' : `${n} svar manglar før det blir eit resultat`), rangeHint: (low, high) => `frå ${low} til ${high}`, dropHint: 'De kan òg sleppe filene her.', againstTarget: 'Målt mot målet',
  working: 'Reknar …', notWorked: 'Dette kunne ikkje reknast ut.', aim: 'Kva er målet?', aimTargets: 'Måla de har sett', aimMost: 'Så høgt som mogleg', budget: 'Høgst så mykje innsats', budgetHint: 'Kan stå tomt. Innsats er det modellen reknar med at eit steg kostar.',
  planIs: (n, effort, from, to, ends) => `${n === 1 ? 'Eitt steg' : `${n} steg`} med ein innsats på ${effort} hevar poenga frå ${from} til ${to}: ${ends}.`, planCheapest: 'Ingen plan er billegare.', planBest: 'Ingen plan gir meir for innsatsen.', planBound: (cost) => `Ingen plan kostar mindre enn ${cost}.`, planFound: 'Det er den beste planen som vart funnen.', planNone: 'Målet kan ikkje nåast med det som kan endrast.', planOver: (cost) => `Målet kostar minst ${cost}, og det er meir enn innsatsen de har.`, planUnknown: 'Ingen plan vart funnen.', planReached: 'Målet er nådd.', planNothing: 'Inga endring hevar poenga.', planSmall: 'Innsatsen er for liten til at noko hevar poenga.',
  becauseOf: (name, level) => `Krevst for at «${name}» skal nå nivået ${level}.`, leaveOut: 'Utelat', kept: 'Dette blir ikkje endra', takeBack: 'Ta med att', effortAgainst: 'Innsats mot poeng', buys: (effort, n, title) => `Ein innsats på ${effort} gir nivå ${n}, ${title}.`, buysValue: (effort, value) => `Ein innsats på ${effort} gir ${value}.`,
  doubt: 'Kor sikkert er nivået?', doubtHint: 'Vektene i modellen er skjønn. Her er nivået rekna ut mange gonger med andre vekter.', howOften: 'Kor ofte', weightsMatter: (names) => `Mest har vekta av ${names.map((name) => `«${name}»`).join(', ')} å seie.`,
  explains: 'Bidrog med', percentile: 'Prosentil', percentileHint: 'Prosentilen seier kor stor del av gruppa som ligg under dykk, pluss halvparten av dei som er like.', teaches: (strong, value, weak, low) => `${strong} (${value}) kan lære bort til ${weak} (${low}).`,
};

const en = {
  name: 'English', language: 'Language', skip: 'Skip to the content',
  start: 'Start the self-check', continue: 'Continue', about: 'About the self-check',
  private: 'Nothing leaves your browser.', privateMore: 'Your answers are kept on this device alone. They are sent neither to the municipality, nor to us, nor to anybody else.',
  time: (n) => `${n} questions, about ${minutes(n)} minutes. You can stop at any time and go on later.`,
  model: 'Model', ownModel: 'Open a model file', subject: 'Who is assessed?', subjectHint: 'For example the name of the municipality. May be left empty.',
  saved: 'Saved on this device', saving: 'Saving …', unsaved: 'Cannot be saved on this device. Download your answers before you close the page.',
  list: 'Saved self-checks', unnamed: 'Unnamed', rename: 'Rename', duplicate: 'Make a copy', remove: 'Delete', removed: (name) => `“${name}” is deleted.`, undo: 'Undo',
  open: 'Open a file', save: 'Save', cancel: 'Cancel', changed: (date) => `last changed ${date}`,
  keep: 'The browser may delete what is saved. Download your answers to keep them.',
  progress: (n, of) => `${n} of ${of} answered`, left: (n) => (n ? `about ${minutes(n)} ${minutes(n) === 1 ? 'minute' : 'minutes'} left` : 'everything is answered'),
  contents: 'Contents', all: 'All on one page', one: 'One topic at a time', part: (i, n) => `topic ${i} of ${n}`, state: { none: 'not begun', some: 'begun', all: 'answered' },
  yes: 'Yes', no: 'No', clear: 'Remove the answer', notApplicable: 'Does not apply to us', applies: 'It applies after all', reason: 'Why does it not apply?',
  comment: 'Add a comment', commentLabel: 'Comment', evidence: 'Add a link', evidenceTitle: 'What the link shows', evidenceURL: 'Address', evidenceHint: 'Begins with https://, http:// or mailto:', evidenceBad: 'The address must begin with https://, http:// or mailto:, and have no spaces.', removeLink: 'Remove the link',
  previous: 'Previous', next: 'Next', toResult: 'See the result', toQuestions: 'To the questions', toStart: 'To the first page', several: 'Choose all that apply.',
  numberBad: 'Write a number.', wholeBad: 'Write a whole number.', rangeBad: (low, high) => (high === undefined ? `The number must be at least ${low}.` : low === undefined ? `The number may be at most ${high}.` : `The number must be from ${low} to ${high}.`), decimalBad: 'Write at most nine digits after the point.', textBad: 'The text is too long.',
  soFar: 'So far', noLevel: 'No level yet', noScore: 'No score yet', mayEnd: (low, high) => (low === high ? `ends at level ${low}` : `may end at level ${low}\u2060–\u2060${high}`), mayEndScore: (low, high) => `may end at ${low}–${high}`,
  level: (n) => `Level ${n}`, announce: (n, title, score) => `Level ${n}, ${title}, score ${score}`, points: (value, max) => `Score ${value} of ${max}.`, range: (low, high, missing) => `It may end between ${low} and ${high} when the last ${missing === 1 ? 'question is' : `${missing} questions are`} answered.`,
  overall: 'Overall level', result: 'Result', overview: 'Overview', roadmap: 'Next steps', explanation: 'Explanation', compare: 'Compare', answers: 'All answers',
  enough: (n, title) => `Your score is enough for level ${n}, ${title}.`, holds: 'What holds you back', holdsFor: (n, title) => `To reach level ${n}, ${title}:`, see: 'See the answers', anyOf: 'One of these is enough:', required: 'These questions must be answered before there is a result:',
  needValue: (name, test, want, has) => `${name} must be ${test} ${want}${has === undefined ? ', and has no value yet' : `, and is ${has}`}.`, needLevel: (name, want, has) => `${name} must have reached the level ${want}${has === undefined ? ', and has no level yet' : `, and is at ${has}`}.`, needAnswer: (name, want) => `${name} – the answer must be ${want}.`, needOtherAnswer: (name, want) => `${name} – the answer cannot be ${want}.`, needAnswered: (name) => `${name} – must be answered.`, needNot: (text) => `This must not hold: ${text}`, needComplete: (name, want, has) => `${name} must be ${want} answered, and is ${has}.`, or: ' or ',
  test: { atLeast: 'at least', moreThan: 'more than', atMost: 'at most', lessThan: 'less than', equals: 'exactly' },
  dimensions: 'The topics against the target', now: 'now', possible: 'possible when all is answered', target: 'target', targets: 'Set targets', noTarget: 'No target', strengths: 'At or above the target', gaps: 'Below the target', profile: 'Profile', practices: 'All topics', practicesHint: 'The number stands in the cell, and the colour follows it.', asTable: 'Show as a table', score: 'Score', levelWord: 'Level', nameWord: 'Name', rangeWord: 'May end at', missing: 'answers are missing', weakest: (name, value) => `${name} is weakest, ${value}.`, strongest: (name, value) => `${name} is strongest, ${value}.`,
  steps: 'Next steps', rank: 'No.', stateWord: 'Status', step: 'Step', effort: 'Effort', gain: 'Gain', reaches: (n) => `reaches level ${n}`,
  explain: 'Choose what to explain', inputs: 'What the score is made of', weight: 'Weight', contribution: 'Contribution', startValue: 'All at their lowest', aggregated: 'Together', adjusted: 'Adjusted', scaled: 'Scaled', rounded: 'Rounded', status: { missing: 'not answered', notApplicable: 'not applicable', hidden: 'does not apply', unscored: 'is not scored', scored: 'counts' }, aggregate: { mean: 'weighted mean', sum: 'sum', min: 'lowest', max: 'highest', median: 'median', product: 'product', geometric: 'geometric mean', share: 'share that is met', staged: 'highest stage reached' }, ratio: 'share of the scale', answerParts: 'What each answer adds', base: 'With every answer at its worst', ifBest: 'If the answer were the best', value: 'Value', threshold: 'Threshold', reached: 'reached', notReached: 'not reached', gateFails: 'the requirement is not met',
  compareEarlier: 'With another self-check', compareChoose: 'Choose a saved self-check', compareFile: 'Open files of others', compareHint: 'Open downloaded answers of other municipalities. The files are read here alone, on this device.', before: 'Before', after: 'Now', change: 'Change', changedAnswers: 'Answers that changed', group: 'With a group', groupOf: (n) => `${n} self-checks`, median: 'Median', quartiles: 'Quartiles', own: 'You', weakTogether: 'Weakest together: here joint work may give most', compareNothing: 'Choose a self-check or open files to compare.',
  question: 'Question', answer: 'Answer', unanswered: 'Not answered', edit: 'Change', print: 'Print the report', download: 'Download', asJSON: 'The answers (JSON)', asCSV: 'The result (CSV)', asMarkdown: 'The report (Markdown)', link: 'Copy a link with the answers', linkCopied: 'The link is copied. Whoever gets it sees the answers.', linkHint: 'Copy this link. Whoever gets it sees the answers.', report: 'Report', made: (date) => `Made ${date}`, how: 'How the numbers are computed', howText: (model, version, digest) => `The model ${model}, version ${version} (${digest}), is computed exactly, with no rounding on the way. The same answers always give the same result.`,
  opened: 'The answers of the file are opened as a new self-check.', openedLink: 'The answers of the link are opened as a new self-check.', badFile: 'This file is not an assessment. Your answers are unchanged.', badModel: 'This file is not a model that can be used.', otherModel: 'This file belongs to another model. Your answers are unchanged.', badLink: 'The link cannot be read. Your answers are unchanged.', badSaved: 'What is saved cannot be read. It is still there, and you can download it.', otherVersion: 'The answers were given to another version of the model. Look them over.', otherTab: 'The self-check has been changed in another tab.', reload: 'Fetch the changes', failed: 'The self-check cannot be shown in this browser.', loading: 'Loading the self-check …', retry: 'Try again', details: 'Show what is wrong', warnings: 'Note', hiddenAnswer: (name) => `The answer to “${name}” is kept, and does not count now, because the question no longer applies.`, close: 'Close',
  more: 'Read more', keepMine: 'Keep both', conflict: 'Not saved', nowAsked: (n) => `There are now ${n} questions.`, stillRequired: (n) => (n === 1 ? 'One answer is missing before there is a result' : `${n} answers are missing before there is a result`), rangeHint: (low, high) => `from ${low} to ${high}`, dropHint: 'You can also drop the files here.', against: (name, value, target) => `${name}: ${value}, the target is ${target}`, againstTarget: 'Against the target',
  working: 'Working …', notWorked: 'This could not be worked out.', aim: 'What is the aim?', aimTargets: 'The targets that you have set', aimLevel: (n, title) => `Level ${n}, ${title}`, aimMost: 'As high as possible', budget: 'At most this effort', budgetHint: 'May be left empty. Effort is what the model expects a step to cost.',
  planIs: (n, effort, from, to, ends) => `${n === 1 ? 'One step' : `${n} steps`} with an effort of ${effort} raise${n === 1 ? 's' : ''} the score from ${from} to ${to}: ${ends}.`, levelNamed: (n, title) => `level ${n}, ${title}`, planCheapest: 'No plan is cheaper.', planBest: 'No plan gives more for the effort.', planBound: (cost) => `No plan costs less than ${cost}.`, planFound: 'It is the best plan that was found.', planNone: 'The target cannot be reached with what may change.', planOver: (cost) => `The target costs at least ${cost}, which is more than the effort that you have.`, planUnknown: 'No plan was found.', planReached: 'The target is reached.', planNothing: 'No change raises the score.', planSmall: 'The effort is too small for anything to raise the score.',
  becauseOf: (name, level) => `Required for “${name}” to reach the level ${level}.`, leaveOut: 'Leave out', kept: 'These do not change', takeBack: 'Take back', effortAgainst: 'Effort against score', buys: (effort, n, title) => `An effort of ${effort} gives level ${n}, ${title}.`, buysValue: (effort, value) => `An effort of ${effort} gives ${value}.`,
  doubt: 'How certain is the level?', doubtHint: 'The weights of the model are judgement. Here the level is worked out many times with other weights.', howOften: 'How often', weightsMatter: (names) => `The weight of ${names.map((name) => `“${name}”`).join(', ')} matters most.`,
  explains: 'Contributed', percentile: 'Percentile', percentileHint: 'The percentile is the share of the group below you, and half of those who are equal.', teaches: (strong, value, weak, low) => `${strong} (${value}) can teach ${weak} (${low}).`,
};

const minutes = (questions) => Math.max(1, Math.round(questions * 0.55)); // 40 questions in 20 to 25 minutes

export const languages = { nb, nn, en };

/** The first of the languages asked for that there are words in; «no» is bokmål. */
export function languageOf(...wanted) {
  for (const tag of wanted) {
    const primary = tag?.toLowerCase().split('-')[0];
    if (primary === 'no') return 'nb';
    if (primary in languages) return primary;
  }
  return 'en';
}

/** Numbers, dates and texts in one language. */
export class Writer {
  constructor(language, modelLanguage) {
    this.language = language;
    this.words = languages[language];
    this.modelLanguage = modelLanguage;
    const locales = language === 'nn' ? ['nn', 'nb'] : [language === 'en' ? 'en-GB' : language]; // a browser without nn would write English months
    this.long = new Intl.DateTimeFormat(locales, { dateStyle: 'long' });
    this.locales = locales;
    this.formats = new Map();
  }

  /** A number with so many digits after the point. */
  number(value, digits = 1) {
    let format = this.formats.get(digits);
    if (!format) this.formats.set(digits, (format = new Intl.NumberFormat(this.locales, { minimumFractionDigits: digits, maximumFractionDigits: digits })));
    return format.format(value).replace('-', '−');
  }

  /** A decimal as it is written, with this language's point. */
  decimal(text) {
    const plain = String(text).replace('-', '−');
    return this.language === 'en' ? plain : plain.replace('.', ',');
  }

  signed(value, digits) {
    return (value > 0 ? '+' : '') + this.number(value, digits);
  }

  date(value) {
    return this.long.format(value);
  }

  /** The language of a model's text where it is another than that of the page. */
  tag(text) {
    const tag = text === undefined || typeof text === 'string' ? this.modelLanguage : (Object.keys(text).find((tag) => text[tag] === this.text(text)) ?? this.language);
    return tag === this.language ? null : tag;
  }

  /** A model's text: in this language, its Norwegian siblings, the model's language, or any. */
  text(text) {
    if (text === undefined || typeof text === 'string') return text ?? '';
    const { language, modelLanguage } = this;
    for (const tag of [language, ...(language === 'en' ? [] : ['nb', 'nn', 'no']), modelLanguage]) {
      if (Object.hasOwn(text, tag)) return text[tag];
    }
    return Object.values(text)[0] ?? '';
  }
}
