"""Reading somebody's content: two persons of distinct rights, a reason, an end, a notice; nobody by a role alone.

    ask (content.request) -> decide (content.approve) -> the person is told -> read, each opening journalled -> end

Whoever holds both rights, as administrators do, may use neither: separation is checked at each step, not once. The
requester alone reads, within the scope and until the end date; the journal seals every step.
"""
