/** Who works here and may do what, in the order the references need; created after identity (guide: Staff System). */
export const staffTables: readonly string[] = [
  `create table public.staff_roles (
    id integer primary key,
    name varchar(50) unique,
    description text,
    created timestamptz default now()
  )`,
  `create table public.permissions (
    id integer primary key,
    name varchar(100) unique,
    description text,
    category varchar(50) default 'general',
    created timestamptz default now()
  )`,
  `create table public.staff_members (
    user_id uuid primary key references public.users (id),
    role_id integer references public.staff_roles (id),
    notes text,
    created timestamptz default now(),
    updated timestamptz default now()
  )`,
  `create table public.staff_role_permissions (
    role_id integer references public.staff_roles (id),
    permission_id integer references public.permissions (id),
    created timestamptz default now(),
    primary key (role_id, permission_id)
  )`,
]
