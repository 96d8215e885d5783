"""The versions of the policies: written as a draft, tried on past turns and on cases, published; never loosened.

What rules are and decide is `policy.rules`; routing applies them (`inference.routing`), here and in every turn.
"""
