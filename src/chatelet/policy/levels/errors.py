"""Why levels of the settings are refused at start."""

from chatelet.kernel.errors import AppError


class LevelInUse(AppError):
    """An added level still labels what is kept. Name it again in policy.level_names, or lower first what bears it."""

    code = "level_in_use"
    status = 500
