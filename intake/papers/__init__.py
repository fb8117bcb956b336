"""What the intake prints: the receipt of a sent enquiry, the pocket card, the paper form.

Receipt and card are made after sending, by a worker (`making`), and kept as files beside the database for as long as
the enquiry (`files`). Neither holds the code (rule 13). The paper form is about nobody and made when it is asked for.
"""
