"""How the program fares with a large store: made-up stances by the million, and the time its pages take over them."""
