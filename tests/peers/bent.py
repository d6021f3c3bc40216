"""Files of a registered wallet, bent on their way."""


def against(s, made, tell):
    pass
