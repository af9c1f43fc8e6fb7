-- Who may see and do what. Secrets are kept as hashes only.
create table accounts (
  user_name text primary key,
  password_argon2id text not null,
  role text not null,
  forces text[] not null,
  cleared boolean not null default false
);

create table access_tokens (
  token_sha256 bytea primary key,
  label text not null unique,
  role text not null,
  forces text[] not null,
  cleared boolean not null default false
);

create table sessions (
  session_sha256 bytea primary key,
  user_name text not null,
  role text not null,
  forces text[] not null,
  cleared boolean not null,
  expires_at timestamptz not null
);
create index sessions_expires_at on sessions (expires_at);
