"""Who may see what of the archive, and why, by which article.

Pure and standard library only (the register, in its own folder, is the one part that touches a database): no clock,
no environment, no I/O. The data walks one way: record -> conditions -> disclosure, and conditions -> decision.
"""
