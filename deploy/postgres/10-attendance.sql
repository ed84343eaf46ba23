-- Run once, by the image, on an empty volume. What the application's login must be:
-- owner of its database, allowed to create roles (the first migration makes two, for the
-- wall between companies), and no superuser.
\getenv password DATABASE_PASSWORD
CREATE ROLE attendance LOGIN CREATEROLE NOSUPERUSER NOBYPASSRLS PASSWORD :'password';
CREATE DATABASE attendance OWNER attendance TEMPLATE template0 ENCODING 'UTF8';
REVOKE CONNECT ON DATABASE attendance FROM PUBLIC;
