create table operators (
  id text primary key,
  name text not null,
  name_key text not null unique,
  password_hash text not null,
  role text not null check (role in ('administrator', 'editor', 'reader')),
  language text not null,
  created_at timestamptz not null
);

create table sessions (
  token_hash text primary key,
  operator_id text not null references operators (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

-- One-time links, now only for the first operator.
create table setup_links (
  token_hash text primary key,
  created_at timestamptz not null
);
