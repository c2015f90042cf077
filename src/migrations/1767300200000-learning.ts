import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APPLICATION_ROLE, tenantTable, within } from '../platform/database/tenant-table.js';

/**
 * What a coalition learns: entries with every version of their words, what each is linked to, and the words to find
 * them by; and the toolkit, of which the public sees the editions that two people published, and nothing else.
 */
export class Learning1767300200000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(search);
    await db.query(entries);
    await db.query(toolkit);
    await db.query(publicDoor);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

/** "é" and the plain letter that it is found by, for every letter of European alphabets; one character for one. */
function plainLetters(): { from: string; to: string } {
  const pairs: [string, string][] = [...'ÆAæaŒOœoØOøoĐDđdŁLłlÐDðdÞTþtßsıiŦTŧtĦHħh'.matchAll(/(.)(.)/gu)].map(
    ([, letter, plain]) => [letter!, plain!],
  );
  for (let code = 0xc0; code <= 0x24f; code += 1) {
    const letter = String.fromCodePoint(code);
    const plain = letter.normalize('NFD').replace(/\p{M}/gu, '');
    if (plain.length === 1 && plain !== letter) pairs.push([letter, plain]);
  }
  return { from: pairs.map(([letter]) => letter).join(''), to: pairs.map(([, plain]) => plain).join('') };
}

const { from, to } = plainLetters();

/**
 * Words are found by their stem, with and without accents. No word is left out for being common: "what we do" is a
 * question too. `folded` keeps the length, so that what is found can be marked in the text as it was written; the signs
 * of mark-up become blanks, and so do the two characters that mark.
 */
const search = `
  CREATE TEXT SEARCH DICTIONARY learning_stem (TEMPLATE = snowball, LANGUAGE = english);
  CREATE TEXT SEARCH CONFIGURATION learning_words (COPY = english);
  ALTER TEXT SEARCH CONFIGURATION learning_words
    ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part WITH learning_stem;

  CREATE FUNCTION folded(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT translate(words, '${from}’<>&' || chr(57344) || chr(57345), '${to}''     ')
  $$;
  CREATE FUNCTION learning_search(title text, tags text[], words text) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
    SELECT setweight(to_tsvector('public.learning_words'::regconfig, public.folded(title)), 'A')
      || setweight(to_tsvector('public.learning_words'::regconfig, public.folded(array_to_string(tags, ' '))), 'B')
      || setweight(to_tsvector('public.learning_words'::regconfig, public.folded(words)), 'C')
  $$;
`;

const words = `
  title text NOT NULL CHECK (title <> ''),
  -- The round of action and reflection: what we did, what we saw, what we make of it, what we do next.
  action text NOT NULL CHECK (action <> ''),
  observation text NOT NULL CHECK (observation <> ''),
  reflection text NOT NULL DEFAULT '',
  next_step text NOT NULL DEFAULT '',
  happened_on date NOT NULL,
  tags text[] NOT NULL DEFAULT '{}' CHECK (cardinality(tags) <= 10)
`;

const entries =
  tenantTable(
    'learning_entries',
    `
      ${words},
      author_id uuid NOT NULL REFERENCES persons (id),
      written_at timestamptz NOT NULL,
      withdrawn_by uuid REFERENCES persons (id),
      withdrawn_at timestamptz,
      withdrawn_reason text CHECK (withdrawn_reason <> ''),
      version integer NOT NULL DEFAULT 1,
      -- Without an index of its own: row-level security lets none be asked for words before the coalition is known.
      search tsvector NOT NULL GENERATED ALWAYS AS (learning_search(title, tags,
        action || chr(10) || observation || chr(10) || reflection || chr(10) || next_step)) STORED,
      CHECK ((withdrawn_at IS NULL) = (withdrawn_reason IS NULL)),
      CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
    `,
    ['SELECT', 'INSERT', 'UPDATE'],
  ) +
  tenantTable(
    'learning_entry_versions',
    `
      entry_id uuid NOT NULL,
      version integer NOT NULL CHECK (version > 0),
      ${words},
      written_by uuid NOT NULL REFERENCES persons (id),
      written_at timestamptz NOT NULL,
      ${within('entry_id', 'learning_entries')},
      CONSTRAINT learning_entry_versions_one_each UNIQUE (entry_id, version)
    `,
    ['SELECT', 'INSERT'],
  ) +
  // The kinds are named by the room, not here: a kind more needs no migration. `verify` looks whether each is there.
  tenantTable(
    'learning_links',
    `
      entry_id uuid NOT NULL,
      kind text NOT NULL CHECK (kind ~ '^[a-z][A-Za-z]*$'),
      subject_id uuid NOT NULL,
      linked_by uuid REFERENCES persons (id),
      linked_at timestamptz NOT NULL,
      ${within('entry_id', 'learning_entries')},
      UNIQUE (entry_id, kind, subject_id)
    `,
    ['SELECT', 'INSERT', 'DELETE'],
  ) +
  `
    CREATE INDEX learning_entries_by_day ON learning_entries (coalition_id, happened_on);
    CREATE INDEX learning_links_by_subject ON learning_links (coalition_id, kind, subject_id);
  `;

const toolkit =
  tenantTable(
    'toolkits',
    `
      slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) BETWEEN 3 AND 60),
      title text NOT NULL CHECK (title <> ''),
      introduction text NOT NULL DEFAULT '',
      -- Whether who wrote an entry is told to the public.
      names_people boolean NOT NULL DEFAULT false,
      version integer NOT NULL DEFAULT 1,
      CONSTRAINT toolkits_one_each UNIQUE (coalition_id)
    `,
    ['SELECT', 'INSERT', 'UPDATE'],
  ) +
  tenantTable(
    'toolkit_items',
    `
      toolkit_id uuid NOT NULL,
      position integer NOT NULL CHECK (position > 0),
      kind text NOT NULL CHECK (kind IN ('page', 'goal', 'learningEntry', 'decision')),
      subject_id uuid,
      title text CHECK (title <> ''),
      body text CHECK (body <> ''),
      ${within('toolkit_id', 'toolkits')},
      UNIQUE (toolkit_id, position),
      CHECK ((kind = 'page') = (subject_id IS NULL)),
      CHECK ((kind = 'page') = (title IS NOT NULL AND body IS NOT NULL))
    `,
    ['SELECT', 'INSERT', 'DELETE'],
  ) +
  tenantTable(
    'toolkit_editions',
    `
      toolkit_id uuid NOT NULL,
      number integer NOT NULL CHECK (number > 0),
      slug text NOT NULL,
      content jsonb NOT NULL,
      content_hash text NOT NULL,
      state text NOT NULL CHECK (state IN ('asked', 'published', 'refused', 'replaced', 'unpublished')),
      asked_by uuid NOT NULL REFERENCES persons (id),
      asked_at timestamptz NOT NULL,
      decided_by uuid REFERENCES persons (id),
      decided_at timestamptz,
      ended_by uuid REFERENCES persons (id),
      ended_at timestamptz,
      reason text CHECK (reason <> ''),
      ${within('toolkit_id', 'toolkits')},
      CONSTRAINT toolkit_editions_one_each UNIQUE (toolkit_id, number),
      CONSTRAINT toolkit_editions_two_people CHECK (decided_by <> asked_by),
      CHECK (state <> 'asked' OR decided_by IS NULL),
      CHECK (state NOT IN ('published', 'refused', 'unpublished') OR decided_by IS NOT NULL),
      CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
      CHECK ((state IN ('replaced', 'unpublished')) = (ended_at IS NOT NULL)),
      CHECK (state NOT IN ('refused', 'unpublished') OR reason IS NOT NULL)
    `,
    ['SELECT', 'INSERT'],
  ) +
  `
    CREATE UNIQUE INDEX toolkit_editions_asked_once ON toolkit_editions (toolkit_id) WHERE state = 'asked';
    CREATE UNIQUE INDEX toolkit_editions_published_once ON toolkit_editions (slug) WHERE state = 'published';
    -- What was asked for stays as it was: only what becomes of it is written down later.
    GRANT UPDATE (state, decided_by, decided_at, ended_by, ended_at, reason) ON toolkit_editions TO ${APPLICATION_ROLE};
  `;

/** The one thing that whoever has not signed in may read: what was published, by its exact address. */
const publicDoor = `
  CREATE FUNCTION published_toolkit(address text)
  RETURNS TABLE (content jsonb, content_hash text, published_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.content, e.content_hash, e.decided_at FROM toolkit_editions e WHERE e.slug = address AND e.state = 'published'
  $$;
  REVOKE ALL ON FUNCTION published_toolkit(text) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION published_toolkit(text) TO ${APPLICATION_ROLE};
`;
