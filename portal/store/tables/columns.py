"""What the tables of the store share: one collection of tables, and the lengths of what stands in many of them."""

from sqlalchemy import MetaData, String

ID, NAME, DIGEST, CASE_CODE = String(32), String(200), String(64), String(60)

metadata = MetaData()
