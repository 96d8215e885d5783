"""Words that say nothing of a text's subject, folded; and those by which its language is told."""

from typing import Final

FRENCH: Final = frozenset(
    """
    a ai ainsi as au aussi aux avaient avait avec avoir c ca car ce ceci cela celle celles celui ces cet cette ceux
    chez combien comme comment d dans de des donc dont du elle elles en entre es est et etaient etait ete etes etre eu
    eux furent fut il ils j je jusqu l la laquelle le lequel les lesquelles lesquels leur leurs lorsqu lui m ma mais me
    meme memes mes moi mon n ne ni nos notre nous on ont or ou par pas plus pour pourquoi puisqu qu quand que quel
    quelle quelles quelqu quels qui quoi quoiqu s sa sans se sera serait ses si sommes son sont sous suis sur t ta te
    tes toi ton tres tu un une vers vos votre vous y
    """.split()
)
ENGLISH: Final = frozenset(
    """
    a about above after again against all am an and any are as at be because been before being below between both but by
    can could did do does doing down during each few for from further had has have having he her here hers herself him
    himself his how i if in into is it its itself just may me might more most must my myself no nor not now of off on
    once only or other our ours ourselves out over own s same shall she should so some such t than that the their theirs
    them themselves then there these they this those through to too under until up very was we were what when where
    which while who whom why will with would you your yours yourself
    """.split()
)
