/** Invented names of people and companies; every domain is under one that is reserved for examples. */

export const firstNames = [
  'Ada', 'Amir', 'Ana', 'Anil', 'Astrid', 'Ben', 'Bianca', 'Bruno', 'Carmen', 'Chen', 'Clara', 'Daniel', 'Divya', 'Elena', 'Emeka', 'Emil',
  'Farah', 'Felix', 'Freya', 'Grace', 'Hana', 'Hugo', 'Ines', 'Ivan', 'Jana', 'Jonas', 'Julia', 'Kofi', 'Lars', 'Leila', 'Lena', 'Luca',
  'Mai', 'Marco', 'Maria', 'Mika', 'Nadia', 'Nils', 'Noah', 'Olga', 'Omar', 'Paula', 'Priya', 'Rafael', 'Rosa', 'Sara', 'Sofia', 'Tariq',
  'Tessa', 'Thabo', 'Tomas', 'Uma', 'Vera', 'Victor', 'Wei', 'Yara', 'Yuki', 'Zoe',
] as const;

/** Family names may hold marks that ASCII does not have; addresses are written without them. */
export const familyNames = [
  'Abbot', 'Adeyemi', 'Almeida', 'Andersen', 'Baker', 'Bauer', 'Becker', 'Bianchi', 'Blanc', 'Braun', 'Carter', 'Castro', 'Costa', 'Dahl',
  'Diallo', 'Dubois', 'Eriksen', 'Farouk', 'Fischer', 'Fontaine', 'García', 'Gomez', 'Gupta', 'Haas', 'Hansen', 'Hayashi', 'Ibrahim', 'Ito',
  'Jensen', 'Kaya', 'Keller', 'Khan', 'Kowalski', 'Kraus', 'Lange', 'Larsen', 'Lehmann', 'Lindqvist', 'Lopez', 'Martin', 'Mbeki', 'Meyer',
  'Moreau', 'Müller', 'Nakamura', 'Ndlovu', 'Nguyen', 'Nowak', 'Okafor', 'Olsen', 'Park', 'Patel', 'Pereira', 'Petit', 'Ramos', 'Richter',
  'Rossi', 'Santos', 'Sato', 'Schmidt', 'Silva', 'Singh', 'Søndergaard', 'Tanaka', 'Thomsen', 'Vargas', 'Weber', 'Wójcik', 'Yilmaz', 'Zhang',
] as const;

const plainLetters: Readonly<Record<string, string>> = { í: 'i', ü: 'u', ø: 'o', ó: 'o' };

/** The part of an e-mail address before the `@`. */
export const addressName = (first: string, family: string): string =>
  `${first}.${family}`.toLowerCase().replace(/[íüøó]/g, letter => plainLetters[letter] ?? '');

const companyWords = [
  'Alder', 'Basalt', 'Cobalt', 'Dune', 'Ember', 'Fjord', 'Garnet', 'Harbor', 'Indigo', 'Juniper', 'Krill', 'Larch', 'Marble', 'Nimbus', 'Ochre',
  'Pebble', 'Quartz', 'Russet', 'Saffron', 'Tundra', 'Umber', 'Verdant', 'Willow', 'Xenon', 'Yarrow', 'Zephyr', 'Amber', 'Birch', 'Cedar',
  'Delta', 'Elder', 'Flint', 'Granite', 'Hazel', 'Isle', 'Jade', 'Kelp', 'Linden', 'Meadow', 'North',
] as const;
const companyTrades = ['Bakeries', 'Freight', 'Clinics', 'Energy', 'Printing', 'Tools', 'Insurance', 'Textiles', 'Farms', 'Robotics'] as const;

export const companyCount = companyWords.length;

/** `name` is the slug Auth0 wants of an organization. */
export function companyAt(index: number): { readonly name: string; readonly displayName: string; readonly domain: string } {
  const word = companyWords[index % companyCount] ?? companyWords[0];
  const trade = companyTrades[(index * 3) % companyTrades.length] ?? companyTrades[0];
  const name = `${word}-${trade}`.toLowerCase();
  return { name, displayName: `${word} ${trade}`, domain: `${word.toLowerCase()}.example.com` };
}

/** Where people without an organization have their mail. */
export const mailDomains = ['mail.example.org', 'post.example.net', 'home.example.org', 'inbox.example.net'] as const;

/** Numbers from the block that is kept free for fiction: 555-0100 to 555-0199 of an area code. */
export function fictionalPhone(index: number): string {
  const area = 201 + (Math.floor(index / 100) % 700);
  return `+1${area}55501${String(index % 100).padStart(2, '0')}`;
}
