-- Somebody who comes back asks for what they missed among all the company's entries.
create index feed_entry_employee on feed_entry (company_id, employee_id, seq);
