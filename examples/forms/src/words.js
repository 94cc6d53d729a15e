// The words of the page, in the language that the address asks for. The texts of the model are its own.

export const language = ['nb', 'nn', 'en'].find((tag) => tag === new URLSearchParams(location.search).get('lang')) ?? 'nb';
export const locale = { nb: 'nb-NO', nn: 'nb-NO', en: 'en-GB' }[language]; // numbers are written alike in nb and nn

/** t is a text of the model in the language; the words of the page are properties of it. */
export const t = Object.assign(
  (text) => (text === undefined || typeof text === 'string' ? (text ?? '') : (text[language] ?? text.nb ?? Object.values(text)[0])),
  {
    nb: {
      yes: 'Ja', no: 'Nei', clear: 'Fjern svaret', back: 'Tilbake', next: 'Neste', pages: 'Sider', result: 'Resultat', level: 'Nivå så langt:', nothing: 'Ingen svar ennå',
      answered: (n, of) => `${n} av ${of} spørsmål er besvart`,
      wrong: (n) => (n === 1 ? 'Ett svar må rettes og teller ikke.' : `${n} svar må rettes og teller ikke.`),
      errors: (n) => `, ${n} feil`,
      codes: {
        'exclusive-option': () => 'Det ene svaret kan ikke stå sammen med andre: velg det, eller de andre.',
        'out-of-range': ({ minimum, maximum }) => (maximum === undefined ? `Skriv et tall på minst ${minimum}.` : minimum === undefined ? `Skriv et tall på høyst ${maximum}.` : `Skriv et tall fra ${minimum} til ${maximum}.`),
        'not-an-integer': () => 'Skriv et helt tall.',
        'bad-decimal': () => 'Skriv færre siffer.',
        'too-long': ({ maxLength }) => (maxLength === undefined ? 'Skriv kortere.' : `Skriv kortere, høyst ${maxLength} tegn.`),
      },
    },
    nn: {
      yes: 'Ja', no: 'Nei', clear: 'Fjern svaret', back: 'Tilbake', next: 'Neste', pages: 'Sider', result: 'Resultat', level: 'Nivå så langt:', nothing: 'Ingen svar enno',
      answered: (n, of) => `${n} av ${of} spørsmål er svara på`,
      wrong: (n) => (n === 1 ? 'Eitt svar må rettast og tel ikkje.' : `${n} svar må rettast og tel ikkje.`),
      errors: (n) => `, ${n} feil`,
      codes: {
        'exclusive-option': () => 'Det eine svaret kan ikkje stå saman med andre: vel det, eller dei andre.',
        'out-of-range': ({ minimum, maximum }) => (maximum === undefined ? `Skriv eit tal på minst ${minimum}.` : minimum === undefined ? `Skriv eit tal på høgst ${maximum}.` : `Skriv eit tal frå ${minimum} til ${maximum}.`),
        'not-an-integer': () => 'Skriv eit heilt tal.',
        'bad-decimal': () => 'Skriv færre siffer.',
        'too-long': ({ maxLength }) => (maxLength === undefined ? 'Skriv kortare.' : `Skriv kortare, høgst ${maxLength} teikn.`),
      },
    },
    en: {
      yes: 'Yes', no: 'No', clear: 'Clear the answer', back: 'Back', next: 'Next', pages: 'Pages', result: 'Result', level: 'Level so far:', nothing: 'No answers yet',
      answered: (n, of) => `${n} of ${of} questions are answered`,
      wrong: (n) => (n === 1 ? 'One answer must be mended and does not count.' : `${n} answers must be mended and do not count.`),
      errors: (n) => (n === 1 ? ', 1 error' : `, ${n} errors`),
      codes: {}, // the engine's own sentences are in English
    },
  }[language],
);
