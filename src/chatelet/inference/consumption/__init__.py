"""What was used and what it cost: a person's own figures, and those of units by month, which name nobody.

Table: `usage_months` (figures of each unit, made from `model_usage` every night). Public names: `own` and `costs`
(the verbs), `anonymity.published` (what may be told of units without telling of persons).

    model_usage -> usage_months, nightly -> rolled up by the tree of today -> told, or hidden -> page, CSV, Parquet
"""
