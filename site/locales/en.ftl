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
## publish

publish-bad-path = "{ $path }" cannot be the path of a published file
publish-path-taken = "{ $path }" and "{ $other }" would be the same file or folder where upper and lower case do not count
publish-no-record = the build holds no build.json, by which a later build would recognise the folder as its own
publish-above-root = { $path } is the repository itself or lies above it, and a build replaces the whole folder; choose another folder with --out
publish-not-a-folder = { $path } is a file, a link or no usable path; choose a folder with --out
publish-foreign = { $path } is neither empty nor an earlier build, and a build replaces the whole folder; empty it or choose another folder with --out
publish-holds-repository = { $path } holds a git repository, which a build would take away; build into another folder and copy the result there
publish-busy = another run is just writing { $path }; try again when it is done
publish-changed = { $path } was changed by someone else in the meantime and was left as it is; try again
publish-exists = { $path } exists already and was left as it is
publish-not-a-file = { $path } is a link or a folder, not a file, and was left as it is
publish-cannot-read = cannot read { $path }: { $error }
publish-cannot-write = cannot write { $path }: { $error }
publish-cannot-replace = cannot put the new files in the place of { $path }, where the old ones still stand: { $error }
publish-mount-point = { $path } is in use or another disk is mounted there, so it cannot be replaced in one step; choose a folder below it with --out ({ $error })
