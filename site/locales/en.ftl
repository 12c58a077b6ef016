# kitei: interface and messages in English. Has the same keys as ja.ftl.

language-name = English

## basis

basis-clause = ISO/IEC 27001:2022 clause { $number }
basis-annex = ISO/IEC 27001:2022 Annex A { $number }
basis-own-rule = the organisation's own rule
basis-format = the file format

## rules (by name)

broken-link = the link leads to no file: “{ $path }”
broken-link-help = Correct the path. A link by id, such as [[P-01]], survives a move of the file.
broken-link-outside = the link leads out of the repository
broken-link-outside-help = Point it at a file of the repository, or write the full https: address of outside material.
