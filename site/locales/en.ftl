# kitei: interface and messages in English. Has the same keys as ja.ftl.

language-name = English

## basis

basis-clause = ISO/IEC 27001:2022 clause { $number }
basis-annex = ISO/IEC 27001:2022 Annex A { $number }
basis-own-rule = the organisation's own rule
basis-format = the file format

## emit

emit-error = error
emit-warning = warning
emit-note = note
emit-basis = basis
emit-basis-line = basis: { $text }
emit-help = help
emit-help-line = help: { $text }
emit-authority = who may decide, and what was decided
emit-others = everything else
emit-summary =
    { $errors ->
        [one] { $errors } error
       *[other] { $errors } errors
    }, { $warnings ->
        [one] { $warnings } warning
       *[other] { $warnings } warnings
    } ({ $documents ->
        [one] { $documents } document
       *[other] { $documents } documents
    } checked, as of { $date })

## rules (by name)

broken-link = the link leads to no file: “{ $path }”
broken-link-help = Correct the path. A link by id, such as [[P-01]], survives a move of the file.
broken-link-outside = the link leads out of the repository
broken-link-outside-help = Point it at a file of the repository, or write the full https: address of outside material.

### rules A

broken-anchor = “{ $title }” has no heading “#{ $anchor }”
broken-anchor-help = Look up the id in the document: it stands in { "{#…}" } on the line of the heading.
broken-anchor-help-nearest = Is “#{ $meant }” meant?
broken-published-reference = the reference “{ $written }” of { $holder } points at a place that version { $version } of “{ $id }”, in force { $since }, does not have
broken-published-reference-help = Keep the heading’s id, paragraph or item, or let both revisions take effect on the same day. An entry of a register is rewritten for that day.
broken-published-reference-gone = the handbook no longer has what the reference “{ $written }” of { $holder } points at
broken-published-reference-gone-help = Bring it back, or have a version with a corrected reference approved.
published-today = now
published-from = on { $date }
published-wording = “{ $title }”
published-wording-version = “{ $title }” version { $version } (the approved text)
published-register = this entry
duplicate-anchor = the heading id “{ $anchor }” is used already in this document
duplicate-anchor-help = Give one of the headings another id; keep the id of the heading that links point at.
duplicate-anchor-related = the heading that has it
duplicate-id = the id “{ $id }” is also that of { $path }
duplicate-id-help = Give the newer document an id that was never used before.
duplicate-id-related = the same id
emphasis-not-rendered = shown with its asterisks and not in bold: { $written }
emphasis-not-rendered-help = Move punctuation out of the ** marks, or put a space outside them.
emphasis-not-rendered-help-fix = This is shown in bold: { $fixed }
expected-source-address = Write an address that begins with https:// or http:// and holds {"{path}"}, such as https://git.example.com/handbook/blob/{"{commit}"}/{"{path}"}
expected-report-address = Write an address that begins with https:// or http://, or a mail address.
expected-digest = Copy the value that kitei approve shows, beginning with sha256:, without changing it.
expected-document-id = Write an id of capital letters, a hyphen, and letters or digits, such as P-01 or C-5.12.
expected-inner-path = Write a folder inside the repository, such as records; it neither begins with / nor contains ..
expected-interval = Write an interval such as "1 year", "6 months", "2 weeks" or "30 days".
expected-edition-name = Name an edition with small letters, digits and hyphens; in-force and preview are taken.
expected-not-empty = Write a value.
expected-one-of = Write one of: { $allowed }
expected-time-zone = Write the name of a time zone, such as Asia/Tokyo.
implements-cycle = documents implement each other in a circle ({ $path })
implements-cycle-help = Go along the path and delete what does not lead to a higher document from implements.
implements-cycle-related = from “{ $id }” to the next
invalid-encoding = the file is not UTF-8
invalid-encoding-help = Save the file again in an editor with the encoding UTF-8.
invalid-toml = this line cannot be read (syntax of TOML: { $detail })
invalid-toml-help = Write one key = value a line: text in straight quotation marks, dates as 2026-04-01 without any.
invalid-toml-help-array = Close the list that began with [ by ].
invalid-toml-help-backslash = Within quotation marks write \\ for each \.
invalid-toml-help-date = Write a day that exists as 2026-04-01, without quotation marks.
invalid-toml-help-duplicate = A key stands only once. Delete one of the two lines.
invalid-toml-help-key = Write key = value. A key consists of ASCII letters, digits, - and _, and is followed by = and not by a colon.
invalid-toml-help-quote = Put the value in straight quotation marks, as in title = "Information management".
invalid-toml-help-string = Close the value that began with " by another " on the same line.
invalid-value = “{ $found }” is no value for “{ $key }”
invalid-value-empty = “{ $key }” is empty
invalid-value-help = { $expected }
invalid-version = the version “{ $found }” is not MAJOR.MINOR
invalid-version-help = Write two numbers with a dot between them, as in "2.0". Raise the left one for changes of content, the right one for editorial changes.
invalid-version-help-meant = Write "{ $meant }": MAJOR.MINOR, where content raises the first and wording the second.
malformed-reference = “[[{ $written }]]” is no reference
malformed-reference-help = Use one of the forms [[P-01]], [[P-01#heading]], [[A.5.12]], [[clause:7.5.3]], [[role:…]], [[term:…]], [[record:…]].
malformed-reference-help-meant = Write { "[[" }{ $meant }{ "]]" }, in half-width characters.
missing-front-matter = the document does not begin with front matter, the block between +++ lines
missing-front-matter-help = Make +++ the first line, write id, title, version and owner, and close with a line +++. Of a regulation from elsewhere `kitei import documents FILE` makes it, and the articles.
missing-front-matter-unclosed = the front matter is not closed by a line +++
missing-front-matter-unclosed-help = Add a line +++ where the front matter ends.
missing-item-item = paragraph { $paragraph } of “{ $heading }” has no item { $item }
missing-item-item-help = Each entry of the numbered list counts; there are { $count }. Correct the number.
missing-item-malformed = “{ $rest }” is no number of a paragraph or item of “{ $heading }”
missing-item-malformed-help = Write paragraph and item as digits behind the heading: [[P-02#classify/2/1]] is paragraph 2, item 1.
missing-item-paragraph = “{ $heading }” has no paragraph { $number }
missing-item-paragraph-help = Each paragraph of text counts; this heading has { $count }. Correct the number.
missing-item-plain = “{ $heading }” is no article and has no numbered paragraphs
missing-item-plain-help = Refer to the heading alone, as in [[P-01#purpose]].
missing-item-related = the heading it names
missing-key = the required key “{ $key }” is missing
missing-key-help = Add this line here: { $line }
missing-key-help-table = Add this to { $table }: { $line }
orphan-document = “{ $id }” implements no document
orphan-document-help-control = Name the policy that it carries out, as in implements = ["P-01"].
orphan-document-help-procedure = Name the control or policy that it carries out, as in implements = ["C-5.12"].
raw-html = HTML has no effect and is shown with its brackets
raw-html-comment = comments are not hidden and are shown as text
raw-html-comment-help = Delete the comment. Notes that readers do not see may stand in lines beginning with # in the front matter.
raw-html-help = Delete it or write it in Markdown (a line break is \ at the end of a line, bold is **…**). To show an angle bracket, write \<.
superseded-annex-number = “{ $number }” is the number of a control in the edition of 2013
superseded-annex-number-help = Write “{ $number }”, its number in the edition of 2022.
superseded-annex-number-help-decide = In 2022 it became part of “{ $number }”. Decide anew whether that one applies.
superseded-annex-number-help-several = In 2022 it was split into { $numbers }. Choose the one that the text is about.
type-array = a list
type-boolean = true or false
type-date = a date
type-datetime = a date with a time
type-float = a decimal number
type-integer = a whole number
type-string = text in quotation marks
type-strings = a list of texts
type-table = a table
type-tables = tables with a heading in double brackets
unknown-annex-control = Annex A has no control “{ $number }”
unknown-annex-control-form = the control number “{ $number }” is not in the form used here
unknown-annex-control-help = Look the number up: the controls of 2022 are 5.1 to 5.37, 6.1 to 6.8, 7.1 to 7.14 and 8.1 to 8.34.
unknown-annex-control-help-form = Here it is written “{ $meant }”.
unknown-classification = kitei.toml has no classification “{ $id }”
unknown-classification-help = Write one of: { $all }
unknown-classification-help-form = Write the id of the classification, “{ $meant }”.
unknown-classification-help-none = Define the classifications as [[classification]] in kitei.toml.
unknown-clause = the standard has no clause “{ $number }”
unknown-clause-form = the clause number “{ $number }” is not in the form used here
unknown-clause-help = Write a number among clauses 4 to 10 of ISO/IEC 27001:2022, such as 7.5.3.
unknown-clause-help-annex = If control { $number } of Annex A is meant, name it in annex_a, or as [[A.{ $number }]] in the text.
unknown-clause-help-form = Write the number alone, “{ $meant }”, without items such as a).
unknown-document = no document has the id “{ $id }”
unknown-document-help = Check the id. If the document was retired, name its successor.
unknown-document-help-annex = Name controls of Annex A in annex_a, as in annex_a = ["5.12"], and not in implements.
unknown-document-help-ledger = Correct the id where the entry is new. Entries that are merged stay as they are: explain them by a [[waiver]] in kitei.toml.
unknown-document-help-nearest = Write “{ $meant }”.
unpublished-target = “{ $id }”, to which { $holder } refers, is not in force { $since }
unpublished-target-help = See to its approval, its effective date or its retirement. While it is not in force, the published page shows the reference as plain text that leads nowhere.
implements-not-in-force = “{ $id }”, which { $holder } implements, is not in force { $since }
implements-not-in-force-help = See to its approval and effective date, or name the document now in force in implements. If this document is no longer needed either, retire it too.
unknown-key = there is no key “{ $key }”
unknown-key-help = Check the spelling, or delete the line. Notes may stand in lines that begin with #.
unknown-key-help-nearest = Correct it if “{ $meant }” is meant.
unknown-key-table = { $table } has no key “{ $key }”
unknown-person = people.toml has no person “{ $id }”
unknown-person-help = Write an id of people.toml, or add the person there. People who left stay registered.
unknown-person-help-form = Write the id of the person, “{ $meant }”.
unknown-person-help-nearest = Is “{ $meant }” meant? Anybody else is added to people.toml.
unknown-record = there is no register { $path }
unknown-record-row = “{ $register }” has no row “{ $row }”
unknown-record-row-help = Check the id of the row. A row of a register with periods can also be written as [[record:risks/R-001@2026]].
unknown-record-help = Write the name of the file without .toml, or create the file.
unknown-record-help-nearest = Is “{ $meant }” meant?
unknown-role = roles.toml has no role “{ $id }”
unknown-role-help = A role's id stands here, not its name. Choose one of records/roles.toml, or add the role there.
unknown-role-help-form = Write the id of the role, “{ $meant }”.
unknown-role-help-nearest = Is “{ $meant }” meant? A new role is added to roles.toml.
unknown-term = the glossary has no term “{ $term }”
unknown-term-help = Add the term to the glossary, terms.toml, or write it as plain text.
unknown-term-help-nearest = Correct it if “{ $meant }” is meant, or add the term to the glossary, terms.toml.
unreadable-file = the file cannot be read ({ $reason })
unreadable-file-help = Check the permissions of the file, or replace it.
unreadable-file-large = the file is too large ({ $size } MB, at most { $limit } MB are read)
unreadable-file-large-help = Split the document, or move figures and attachments to files of their own.
unreadable-file-link = a symbolic link stands in place of a file
unreadable-file-link-help = Put the file itself in its place. Links are never followed, so that nothing outside the repository is read.
unreadable-file-special = a pipe, a socket or a device stands in place of a file
unreadable-file-special-help = Put a regular file in its place, or remove it.
unreadable-file-folder = a file stands in place of a folder
unreadable-file-folder-help = Rename the file, or name another folder in kitei.toml.
unsafe-link = the link cannot lead to “{ $address }”, which readers cannot open safely
unsafe-link-help = Use an address that begins with https:, http:, mailto: or tel:. A file on a computer or shared folder goes into this repository, and the link to it there. As it is, the link is shown as text.
wrong-tier = “{ $id }” is { $tier }, which is not above this document, { $own }
wrong-tier-control = a control
wrong-tier-help = Name a higher document: policies stand above controls, controls above procedures. To merely refer to it, write [[{ $id }]] in the text.
wrong-tier-policy = a policy
wrong-tier-procedure = a procedure
wrong-tier-skipped = “{ $id }” is { $tier }, which is not just above this document, { $own }
wrong-tier-skipped-help = Name the document of the tier just above that carries out “{ $id }”. To allow skipping a tier, set adjacent to false in [tiers.{ $table }] of kitei.toml.
wrong-type = the value of “{ $key }” is { $found } instead of { $expected }
wrong-type-help = Write it like this: { $example }

### rules B

history-none = there is no git history
history-shallow = a shallow clone holds only part of the git history
history-in-part = a partial clone lacks part of the files of the git history
history-unreadable = the git history cannot be read
review-overdue = the review of { $id } was due on { $due } (last one { $last })
review-overdue-help = Read the document again and record the result with `kitei review { $id }`; a [[review]] entry written into { $path } does the same.
suspect-link = { $id } was not read again since { $above } changed to version { $version } (checked up to { $read })
suspect-link-newer = version { $version } takes effect
suspect-link-help = Read what changed in { $above }, see whether { $id } has to change too, and record it with `kitei review { $id }`. In an entry written by hand, add { $against }.
review-due-soon = the review of { $id } is due on { $due }
exception-expired = the exception { $id } to { $document } ended on { $date }
exception-expired-help = Where it is no longer needed, write the day on which it ended into closed. To go on, have it approved again and add that.
unapproved-change = the approved text of version { $version } was changed without raising the version
unapproved-change-approval = the approval of { $date } is for another text
unapproved-change-help = To change it, raise version to "{ $minor }" (wording only) or "{ $major }" (content) and have it approved. Otherwise restore the approved text.
unapproved-change-record = { $name } has changed since version { $version } was approved
unapproved-change-record-help = Look at what has changed, have it approved, and record that with `kitei approve { $name }`.
version-not-increased = version { $version } is lower than the newest approved version { $newest }
version-not-increased-taken = version { $version } was already approved with another text (newest approved version { $newest })
version-not-increased-approval = newest approval
version-not-increased-help = To change it, raise version to "{ $minor }" (wording only) or "{ $major }" (content) and have it approved. Otherwise restore the text of version { $newest }.
approved-text-missing = the approved copy { $path } of version { $version }, effective { $date }, is missing
approved-text-missing-uncommitted = the entry is committed, but its approved copy { $path } is not
approved-text-missing-uncommitted-help = Make sure that { $path } is the text that was reviewed and approved, then commit it.
approved-text-missing-help = Commit the approved copy { $path } together with its entry. If it was lost, take it back with git checkout from a commit that has it.
copy-without-approval = there is an approved copy of version { $version } of { $id }, but the ledger has no approval of that version
copy-without-approval-help = If the entry was forgotten, add it to the ledger. If it was never approved, remove this file.
copy-without-approval-misnamed = a file among the approved copies is not named as one
copy-without-approval-misnamed-help = An approved copy is records/approved/ID/VERSION.md. Move anything else elsewhere.
approved-copy-altered = the approved copy is not the one that was approved (its SHA-256 is { $digest } now)
approved-copy-altered-approval = the approval of { $date } is of this one
approved-copy-altered-help = Never edit an approved copy. Take the right one back with git checkout from a commit that has it. To change the wording, edit the document, raise its version and have it approved.
approved-copy-altered-reading = this version of kitei reads the approved copy otherwise than it was read at the approval
approved-copy-altered-reading-help = Publish with the version of kitei of the approval, or compare the two readings and approve the same wording again under a new version.
approved-copy-altered-file = the picture or attachment { $path } of the approved copy is missing, or its content is not that of its name
approved-copy-altered-file-help = Take the right file back with git checkout from a commit that has it.
approve-file-changed = { $path } has changed since it was read; run again
approve-copy-differs = { $path } holds another text of the same version. Remove it if it was never approved, or restore its entry in the ledger if it was
attachment-unreadable = it cannot be read
approver-lacks-role = { $person } was never appointed to the role “{ $role }” (approval of { $date })
approver-lacks-role-help = Check person and role. If the appointment was never recorded, add its dates to the person's roles in { $path }. If the person had no authority, have it approved by one who has.
approver-lacks-role-nobody = it is not said who approved as “{ $role }”
approver-lacks-role-nobody-help = Add approver = "id of the person". If a body decided, write body = true where the role is defined.
approver-lacks-role-chair = the chair “{ $person }” is not in { $path }
approver-lacks-role-chair-help = Check the id. Add a person who is not registered yet to { $path }.
approver-out-of-office = { $person } did not hold the role “{ $role }” on { $date }
approver-out-of-office-term = appointment to this role
approver-out-of-office-review = { $person } reviewed it without holding any role on { $date }
approver-out-of-office-help = Check date and person. If the appointment has wrong dates, correct { $path }. If the person had no authority on that day, have it approved by one who had.
self-approval = { $person } approved a text of their own drafting
self-approval-drafter = named as drafter
self-approval-help = Have it approved by someone with authority who did not draft it. Where your rules allow an exception, write its grounds and the monitoring department into self_approval.
never-approved = { $id } was never approved (draft)
never-approved-help = It is not in the handbook until its approval is recorded. Once it is approved, run `kitei approve { $id }`. While it is being written, leave it.
duplicate-version = version { $version } was approved twice, with different texts
duplicate-version-first = approval of { $date }
duplicate-version-help = One version names one text. Raise the document's version for the later text and have it approved again.
wrong-approver-rank = version { $version } of { $id } was approved by “{ $role }”, its approver is “{ $needed }”
wrong-approver-rank-set = the approver is set here
wrong-approver-rank-retirement = { $id } is approved by “{ $needed }”, but “{ $role }” decided on its retirement
wrong-approver-rank-help = Have it approved by “{ $needed }” and add that to the ledger. If the setting does not match your practice, correct the setting.
wrong-approver-rank-provisional = “{ $role }” may not approve provisionally
wrong-approver-rank-provisional-set = who may approve provisionally is set here
wrong-approver-rank-provisional-help = Let “{ $needed }” approve provisionally, or have it approved by the usual approver, and add that to the ledger.
wrong-approver-rank-provisional-help-nobody = To allow provisional approvals, write provisional_approver = "id of a role" into [tiers.{ $tier }] of kitei.toml. Otherwise have it approved by the usual approver and add that to the ledger.
overtaken-approval = version { $earlier }, approved earlier, takes effect on { $date } and replaces version { $version }, approved later
overtaken-approval-earlier = the earlier approval takes effect
overtaken-approval-help = Decide which text is to be in force from { $date } on, have it approved again with that effective date, and add the approval at the end of the ledger.
overtaken-approval-retired = version { $version }, approved before the retirement, takes effect on { $date } and revives the retired document
overtaken-approval-retirement = the retirement decided later
overtaken-approval-retired-help = To keep it retired, add a [[retirement]] that takes effect on { $date }. To revive it, have it approved again and add the approval.
effective-before-approval = the effective date { $effective } is before the approval date { $approved }
effective-before-approval-approved = approved
effective-before-approval-help = Check the dates. If it takes effect retroactively, write the reason into retroactive.
ledger-for-unknown-document = the ledger “{ $name }” belongs to no document
ledger-for-unknown-document-help = Give the file the name of the document's id. If the document was deleted, restore it, record its retirement with `kitei retire { $name }`, then delete it.
ledger-for-unknown-document-twice = there is another ledger of the document “{ $name }”
ledger-for-unknown-document-twin = the other ledger
ledger-for-unknown-document-twice-help = Merge the two files. Upper and lower case are the same in ids.

### rules: waivers, form, coverage and wording

absolute-path = the path “{ $path }” begins with a slash
absolute-path-help = Write the path as seen from the document: “{ $path }”.
applicable-without-procedure = no procedure implements control { $number }, which applies
applicable-without-procedure-help = Name { $id } in implements of the procedure or section that carries it out. A control that needs no procedure may stay so.
article-without-id = the article “{ $heading }” has no id
article-without-id-help = End the line of the heading with an id such as { "{#purpose}" }.
case-mismatched-path = “{ $path }” differs from the name of the file in upper and lower case
case-mismatched-path-help = Write “{ $path }”.
ambiguous-path = “{ $path }” differs from { $others } in upper and lower case, or in how letters are stored, only
ambiguous-path-help = Rename one of them. On Windows and macOS only one of the two can be checked out.
clause-information-missing = { $count } clauses that demand documented information are named by no document
clause-information-missing-help = Name these in clauses of the documents that hold the information: { $clauses }
codeowners-drift = the list of who looks at changes differs from today's owners and approvers (lines missing: { $missing }, surplus: { $surplus })
codeowners-drift-help = Let `kitei check --fix` write it anew, or run `kitei export codeowners > { $path }`.
codeowners-drift-foreign = a CODEOWNERS written by hand differs from today's owners and approvers (lines missing: { $missing }, surplus: { $surplus })
codeowners-drift-foreign-help = Replace it by `kitei export codeowners > { $path }`, or, where you keep it by hand, set this rule to allow in [rules] of kitei.toml.
control-without-standard = { $count } of { $total } controls of Annex A have no control document and are not excluded
control-without-standard-help = Write control documents for these, or exclude them in [[soa]] with the reason: { $controls }
empty-section = the heading “{ $heading }” has nothing below it
empty-section-help = Write the text or delete the heading. To keep the number of an article, mark it .deleted.
established-after-approval = the date of establishment { $date } lies after { $first }, when the first version was approved and in force
established-after-approval-help = Check the minutes, and correct the date to { $first } or earlier.
excluded-control-cited = the statement of applicability excludes control { $number }
excluded-control-cited-help = Change the statement if the control is used, or delete the mention.
excluded-control-cited-related = excluded here
first-paragraph-citation = paragraph 1 of “{ $heading }” is cited, and there is no paragraph 2
first-paragraph-citation-help = Leave the paragraph out.
full-width-code = “{ $written }” is written in full-width characters
full-width-code-help = Write “{ $narrow }”.
half-width-kana = half-width katakana: “{ $written }”
half-width-kana-help = Write “{ $full }”.
hand-typed-article = “{ $written }” was typed by hand and goes wrong when an article is put in
hand-typed-article-help = Refer to the article by the id at the end of its heading ({"{"}#…{"}"}): [[#id]] in the same document, [[P-01#id]] in another; the number follows by itself. Where it is the heading of an article, write “### caption {"{"}#id{"}"}”.
hand-typed-article-help-meant = At present this is { $reference }. Check that it is the one meant, and write it so.
id-prefix-mismatch = the id “{ $id }” does not begin with “{ $prefix }”, as documents in { $folder } do
id-prefix-mismatch-help = Give a new document an id that begins with “{ $prefix }-”. An id in use stays: move the document to its folder.
invisible-character = there is an invisible character ({ $codes })
invisible-character-help = Delete it with kitei check --fix.
link-to-retired = “{ $id }” was retired on { $date }
link-to-retired-help = Refer to the document that rules the matter now, or delete the reference.
link-to-retired-help-successor = Refer to what replaced it: { $successors }.
long-sentence = the sentence has { $length } characters, more than { $limit }
long-sentence-help = Split it, or make its conditions a list.
missing-classification = “{ $title }” has no classification
missing-classification-help = Write classification into the document, or into [tiers.{ $tier }] in kitei.toml.
missing-image = there is no picture at “{ $path }”
missing-image-help = Add the picture to the repository, or correct the path.
mixed-style-polite = sentences in です・ます are mixed in ({ $count })
mixed-style-polite-help = Use である throughout.
mixed-style-regulation = sentences in である are mixed in ({ $count })
mixed-style-regulation-help = Use です・ます throughout.
not-nfc = “{ $composed }” is split into letters and separate marks
not-nfc-help = Type it again, or put it together with kitei check --fix.
plain-http = the link to { $host } is not encrypted (http:)
plain-http-help = Write { $address } if the page opens there.
policy-not-implemented = no control or procedure implements “{ $id }”
policy-not-implemented-help = Name { $id } in implements of the documents that carry it out. One that needs none may stay so.
reference-to-restricted = “{ $id }” is “{ $other }”, and readers of this document (“{ $own }”) may not be allowed to see it
reference-to-restricted-help = Put what readers need into this document, delete the reference, or check the classifications.
required-section-missing = “{ $title }” lacks the heading “#{ $anchor }”
required-section-missing-help = Add the heading and end its line with { "{#" }{ $anchor }{ "}" }.
required-section-missing-related = headings that this tier needs
secret-in-text = a value of the form of an access token stands here
secret-in-text-help = Revoke it at once, issue a new one, and delete it here. It stays in the history: treat it as known.
secret-in-text-key = a private key stands here
several-titles = the text has a heading with one #, which is the title's: “{ $heading }”
several-titles-help = Begin it with “##”. The title is shown from title at the top of the document.
several-titles-help-same = Delete the line: the same title is shown from title at the top of the document.
skipped-heading-level = the heading has { $level } # where at most { $expected } may follow
skipped-heading-level-help = Begin it with “{ $marks }”.
soa-incomplete = the decision on control { $number } lacks { $keys }
soa-incomplete-help = Add a line for { $keys } below this [[soa]]: reasons names the kinds (reasons = ["risk"]), justification says why (justification = "we hold customers' data"), implementation how far it is carried out (implementation = "partial").
soa-incomplete-help-excluded = Write below this [[soa]] why the control does not apply, e.g. justification = "we have no such equipment". Auditors look at reasons for exclusion, too.
duplicate-entry-classification = the classification "{ $name }" is registered twice
duplicate-entry-help = Join them where they are the same. Otherwise give this one another name and correct what points at it. For now only the first one counts.
duplicate-entry-person = the person id "{ $name }" is registered twice
duplicate-entry-record = there are two registers named "{ $name }"
duplicate-entry-related = registered first
duplicate-entry-role = the role id "{ $name }" is registered twice
duplicate-entry-term = the term "{ $name }" is registered twice
duplicate-entry-variant = the wording “{ $name }” not to be used belongs to another term, too
id-reused = the id "{ $id }" was that of "{ $title }" (commit { $commit })
id-reused-help = Give this document an id that was never used: "{ $id }" goes on meaning the earlier document, even a retired one. If only the title changed, let the version go on from the one before.
implemented-without-evidence = control { $number } is declared implemented, but there is neither a procedure nor a record of it
implemented-without-evidence-help = Name the register with the records in the text of { $id }, as [[record:name]], or write a procedure with implements = ["{ $id }"]. If it is not done yet, set implementation to "planned" or "partial".
misplaced-document = the document "{ $id }" is in no tier's folder, so nothing checks or publishes it
misplaced-document-help = Move the file to { $folder }/.
misplaced-document-help-any = Move the file to the folder of a tier ({ $folders }).
supplement-without-date = the supplementary provisions give no effective date
supplement-without-date-help = Write the day from which it applies, as in 「この規程は、2026年4月1日から施行する。」.
term-variant = the glossary rules out “{ $written }”
term-variant-help = Write “{ $term }”.
tier-without-approver = the tier “{ $tier }” names no approver, nor do { $count } of its documents
tier-without-approver-help = Write approver = "id of a role" into [tiers.{ $tier }].
unknown-rule = no rule has the name “{ $name }”
unknown-rule-help = Look the name up in the list that kitei explain shows.
unknown-rule-help-nearest = Write “{ $meant }”. kitei explain lists all rules.
unused-role = the role “{ $name }” is used nowhere
unused-role-help = Delete it if it is not needed; otherwise appoint somebody in people.toml.
vague-wording = “{ $word }” leaves open who acts, or when
vague-wording-when-help = Set a deadline, such as 3営業日以内に.
vague-wording-whether-help = Say who decides, or in which case it is done.
version-skipped = version { $version } does not come next after { $newest }, the newest approved one
version-skipped-help = Use { $major } for changed content, { $minor } for an editorial change.
waiver-expired = the waiver of “{ $rule }” for “{ $document }” ended on { $date }
waiver-expired-help = Correct the cause and delete this [[waiver]]. If it is still needed, have it accepted anew and change approved_by and expires.
waiver-unused = the waiver of “{ $rule }” for “{ $document }” accepts no finding
waiver-unused-help = Delete this [[waiver]] if the fault was corrected. If it was meant for another place, check rule and anchor.
waiver-unused-help-document = There is no document “{ $document }”. Correct the id, or delete this [[waiver]].
waiver-without-reason = the waiver of “{ $rule }” for “{ $document }” lacks { $keys } and has no effect
waiver-without-reason-help = Add { $keys } to this [[waiver]]: why, the id of the person who accepted it, its last day.
### rules of what is due and recorded
supplement-date-mismatch = the supplementary provisions take effect on { $stated }, the ledger says { $effective }
supplement-date-mismatch-effective = effective date in the ledger
supplement-date-mismatch-stated = supplementary provisions of the approved text
supplement-date-mismatch-help = Look up the decision. If { $effective } is right, correct the text, raise the version and have it approved. If the text is right, record the approval again with that date.
ratification-overdue = version { $version } of { $id } was approved provisionally and not ratified by { $due }
ratification-overdue-help = Put it before the proper approver and record the regular approval of version { $version } with `kitei approve { $id }`. If it is refused, have a version with the former wording approved, or retire the document.
not-announced = version { $version } of { $id } was not announced by { $due }
not-announced-help = Announce it to those concerned and add an entry [[announcement]] to { $path } (version = "{ $version }", the day on, the recipients to, the means).
owner-role-vacant = nobody holds the role “{ $role }” today ({ $others ->
    [0] owner or approver of { $id }
    [one] owner or approver of { $id } and another document
   *[other] owner or approver of { $id } and { $others } other documents
  })
owner-role-vacant-help = Appoint a successor and add the appointment to the person's roles in { $path }. If the role no longer exists, give the documents another owner or approver.
ledger-malformed-name = the ledger file “{ $name }” differs from the document's id “{ $id }” in upper and lower case
ledger-malformed-name-help = Rename the file to { $id }.toml.
ledger-malformed-ratify = an approval that is not provisional has a date for its ratification
ledger-malformed-ratify-help = Write kind = "provisional" if it is provisional, otherwise remove the line ratify_by.
ledger-malformed-ratify-missing = a provisional approval has no date for its ratification
ledger-malformed-ratify-missing-help = Write by when it has to be ratified, as in ratify_by = 2026-05-31.
ledger-malformed-ratify-early = the ratification is due on { $day }, before the approval of { $approved }
ledger-malformed-retired-early = the retirement takes effect on { $effective }, before its approval of { $approved }
ledger-malformed-date-help = Look up the decision and correct the date that is mistyped.
ledger-malformed-successor = the retired document “{ $id }” is its own successor
ledger-malformed-successor-help = Write the id of another document into replaced_by, or remove the line.
ledger-malformed-announced = version { $version } was announced and never approved
ledger-malformed-announced-help = Check the announced version. If the record of its approval is missing, add the [[approval]] first.
judged-then = judged by the settings of commit { $commit }, which recorded it
judged-then-uncertain = judged by the settings of commit { $commit } (history is cut off there: it may have been recorded earlier)
judged-then-help = It is judged by the settings of its time, so that changing today's settings or appointments changes nothing. Have it approved again by somebody with authority and add that at the end of the ledger, or look into it and write the reason into a [[waiver]] in kitei.toml (rule = "{ $rule }").
interval-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
interval-weeks = { $count ->
    [one] 1 week
   *[other] { $count } weeks
}
interval-months = { $count ->
    [one] 1 month
   *[other] { $count } months
}
interval-years = { $count ->
    [one] 1 year
   *[other] { $count } years
}
recorded-late = the approval of { $approved } had to be recorded by { $due } and was recorded on { $day }
recorded-late-commit = recorded by commit { $commit }
recorded-late-help = What is recorded cannot be changed. Write why it took longer than { $limit } into a [[waiver]] in kitei.toml.
recorded-late-help-open = Check the date; if it is right, merge the record at once. Write why it took longer than { $limit } into a [[waiver]] in kitei.toml.
ledger-rewritten = { $keys } of { $entry }, recorded on { $day }, was rewritten
ledger-rewritten-vanished = { $entry }, recorded in ledger { $ledger } on { $day }, is gone
ledger-rewritten-moved = { $entry }, recorded on { $day }, was moved out of its order
ledger-rewritten-commit = changed by commit { $commit }
ledger-rewritten-open = the change is not committed yet
ledger-rewritten-help = What the ledger records stays as it was. Restore what `git show { $commit }:{ $path }` shows, and add what is right as a new entry at the end of the ledger.
fault-shallow = a shallow clone holds only part of the git history
fault-shallow-help = Earlier approvals, rewritten ledgers and former versions cannot be looked at. Fetch the rest of history with `git fetch --unshallow`.
fault-partial = a partial clone lacks part of the contents of the git history
fault-partial-help = Former texts and ledgers may be unreadable. Clone again without `--filter`.
fault-grafts = .git/info/grafts gives commits other parents
fault-grafts-help = kitei reads the history that was recorded. Remove .git/info/grafts unless it is needed, so that git shows the same.
fault-replaced = git replace shows { $count ->
    [one] one object
   *[other] { $count } objects
 } replaced by others
fault-replaced-help = kitei reads what was recorded. Remove what is not needed with `git replace -d`, so that git shows the same ({ $refs }).
fault-unreadable = a part of history cannot be read: { $reason }
fault-unreadable-help = Whatever rests on it cannot be judged. Look with `git fsck`, and check in a clone that has the whole history.
fault-future = the newest commit { $commit } says a time ({ $day }) that has not come yet
fault-future-help = The clock of the machine that made it, or of this one, is wrong. What rests on such times cannot be trusted.
fault-notice = Note: { $fault }. { $help }
impossible-commit-time = the commit that brought this entry says { $day }, before the time of a commit that it follows ({ $later })
impossible-commit-time-commit = commit { $commit }, which follows { $before }
impossible-commit-time-help = Such a time is no evidence of the day on which something was recorded. Ask whether the clocks of the machines that made the two commits were right, and keep what you learn with the evidence of the approval.
minor-change-too-large-added = the editorial change from { $old } to { $new } adds the article “{ $article }”
minor-change-too-large-removed = the editorial change from { $old } to { $new } removes the article “{ $article }”
minor-change-too-large-required = the editorial change from { $old } to { $new } changes what is required
minor-change-too-large-required-removed = the editorial change from { $old } to { $new } removes a requirement
minor-change-too-large-forbidden = the editorial change from { $old } to { $new } changes what is forbidden
minor-change-too-large-forbidden-removed = the editorial change from { $old } to { $new } removes a ban
minor-change-too-large-help = To change the content, raise version to "{ $major }" and have it approved by the proper approver. To correct the wording only, restore the articles and blocks.

contacts-nobody = the register of contacts holds no contact
contacts-no-steps = the register of contacts does not say what to do in the first minutes
contacts-incomplete-help = Write contacts as [[contact]], and what to do in the first minutes, in order, into first.
contact-without-means = nothing says how to reach “{ $name }”
contact-without-means-help = Write a telephone number (phone), a chat or a mail address.
contact-no-number = the telephone “{ $phone }” has no number
contact-no-number-help = Write the number to dial, such as "ext. 9110" or "03-0000-9110".
contact-no-mail = “{ $mail }” is no mail address
contact-no-mail-help = Write it as incident@example.com.

quiz-pass-above-total = the pass mark of { $pass } is above the { $total } points that there are
quiz-pass-above-total-help = Lower the pass mark, or add questions.
quiz-no-such-choice = there is no choice { $number } (there are { $choices })
quiz-no-such-choice-help = Write the numbers of the right choices, counted from 1.
quiz-nothing-to-choose = the choices are not both right and wrong ones
quiz-nothing-to-choose-help = Write at least two choices, and the numbers of the right ones into right.

## registers

invalid-definition-help = `kitei help registers` says how a definition is written.
unknown-field = “{ $register }” has no field “{ $name }”
unknown-field-help = Check the spelling. Fields: { $known }
unknown-field-help-nearest = Correct it if “{ $meant }” is meant.
missing-field = { $row } lacks “{ $field }”
missing-field-help = Add “{ $field }”.
missing-period = the file does not state its period
missing-period-help = Write period = "{ $example }" at the top of the file.
invalid-period = “{ $found }” is no period
unknown-edition = the definition of “{ $register }” has no such edition
unknown-edition-help = Write edition = { $edition }, or delete the line.
wrong-field-type = the value of “{ $field }” has the wrong type: it is { $found }
wrong-field-type-help = Write it like this: { $example }
wrong-rows = “{ $kind }” is not a list of rows
wrong-rows-help = Begin each row with the heading [[{ $kind }]] and write its fields below.
invalid-field-value = “{ $found }” is no value for “{ $field }”
invalid-field-value-help = { $allowed }
invalid-field-value-empty = “{ $field }” is empty
invalid-field-value-empty-help = Write a value, or delete the line where there is nothing to say.
unknown-reference = “{ $written }” of “{ $field }” does not exist
unknown-reference-person = Write the id of a person in people.toml.
unknown-reference-role = Write the id of a role in roles.toml.
unknown-reference-classification = Write the id of a classification in kitei.toml.
unknown-reference-term = Write a term of the glossary.
unknown-reference-document = Write the id of a document (P-05) or a place in one (P-05#inventory).
unknown-reference-place = The document has no such place. Check the id of the heading, and paragraph and item.
unknown-reference-control = Write a number of Annex A (5.9), or the id of a document of your own controls.
unknown-reference-clause = Write a clause of the standard as clause:8.2.
unknown-reference-row = Write the id of a row of “{ $register }” (records/{ $id }).
unknown-reference-link = Write a row of a register (incidents/INC-2026-001), a place of a document, clause:8.2, the path of a file, or an address that begins with https://.
unknown-reference-band = Write one of: { $allowed }
duplicate-row-id = the id “{ $id }” is used twice
duplicate-row-key = another row has the same { $fields }
duplicate-row-related = the earlier row
duplicate-row-help = Join them where they are the same row; otherwise give the later one a new id. An id is never reused, even when its row is closed.
stated-not-computed = “{ $field }” of { $row } is stated as { $stated } and computed as { $computed }
stated-not-computed-help = Check the values it is computed from. Where they are right, delete this line or correct it.
stated-field-computed = “{ $field }” is computed and cannot be stated
stated-field-computed-help = Delete the line. The value follows from other fields.
uncomputable-field = “{ $field }” of { $row } cannot be computed: { $why }
uncomputable-field-help = Check the values it is computed from, and the table or scale for gaps.
uncomputable-rule = the rule “{ $rule }” cannot be judged: { $why }
register-rule = { $message } ({ $rule })
register-rule-help = This is a rule of the definition of “{ $register }”. Correct the row, or the definition where the rule does not fit.
register-rule-help-basis = This is a rule of the definition of “{ $register }”; it rests on { $basis }. Correct the row, or the definition where the rule does not fit.
row-overdue = “{ $field }” of { $row } has passed ({ $date })
row-overdue-help = Fill in “{ $done }” where it is done; otherwise set a new date.
row-overdue-help-closed = Write into closed_on when it ended; otherwise set a new date.
row-out-of-office = “{ $person }” does not hold the role “{ $role }” today and is named in { $rows ->
    [one] one row
   *[other] { $rows } rows
}
row-out-of-office-related = this row too
row-out-of-office-help = Name the successor, or add the appointment to people.toml where it is missing. Close rows that have ended with closed_on.
personal-in-register = “{ $found }” says of a person what “{ $register }” may not hold
personal-in-register-help = Name people by id and keep addresses and numbers elsewhere. What git has taken in cannot be deleted.
register-field = “{ $field }” of { $row }
register-row = { $id }
register-this-file = the file
register-one-of = Write one of: { $allowed }
register-between = Write a number from { $min } to { $max }.
register-at-least = Write a number from { $min }.
register-at-most = Write a number up to { $max }.
register-id-form = Write the id like “{ $pattern }” (a zero stands for a digit).
register-id-plain = Write the id with letters, digits, hyphens, underscores and dots.
register-bands-twice = State the id and the lowest figure of each step once.
register-mail = Write a mail address, such as isms@example.com.
register-url = Write an address that begins with https:// or http://.
register-phone = Write a telephone number, such as 03-0000-0000.
register-example-text = "…"
register-example-number = 3 or 2.5
register-example-yes-no = true or false
register-example-date = 2026-04-01
register-example-month = "2026-09"
register-example-list = ["…", "…"]
register-example-lookup = {"{"} 3 = {"{"} 3 = 3, 2 = 2 {"}"} {"}"}
register-example-bands = [{"{"} id = "low", from = 0, acceptable = true {"}"}]
register-type-number = a number
register-type-text = text
register-type-yes-no = yes or no
register-type-date = a date
register-type-month = a month
register-type-choice = a word of a choice
register-type-word = a word
register-type-reference = a reference
register-type-row = a row
register-type-lookup = a table of figures
register-type-bands = a scale
register-type-band = a step of a scale
register-type-list = a list of: { $of }
uncomputed-not-stated = { $field } is not stated
uncomputed-nothing = there is no row or value to take it from
uncomputed-unresolved = “{ $written }” does not exist
uncomputed-no-entry = the table or scale has no entry for { $keys }
uncomputed-divided-by-zero = it divides by 0
uncomputed-too-large = the figure is too large
uncomputed-too-long = it takes more than { $steps } steps
definition-id = the id “{ $id }” is not the file's name “{ $file }”, or not made of small letters, digits, underscores and hyphens
definition-built-in = “{ $id }” is a register that kitei brings
definition-read-otherwise = “{ $id }” is a register that is read in another way
definition-extends = “{ $id }” is no register that kitei brings, or not the file's name “{ $file }”
definition-field-exists = there is a field “{ $field }” already, and its type cannot change
definition-loosened = “{ $field }” cannot be loosened, only narrowed
definition-no-choice = “{ $field }” is no choice of fixed words
definition-rule-twice = there is a rule “{ $name }” already
definition-twice = “{ $id }” is defined twice
definition-without-kinds = there is no kind of row
definition-without-fields = “{ $kind }” has no fields
definition-without-id = “{ $kind }” has neither an id nor a key to tell its rows apart
definition-no-kind = “{ $name }” is no table of a kind of row
definition-no-kind-named = there is no kind of row “{ $kind }”
definition-no-line = “{ $name }” is not a line with type or use
definition-no-field = there is no field “{ $field }”
definition-no-group = there is no group “{ $name }”
definition-nested-group = a group cannot be used inside a group
definition-reserved = “{ $name }” cannot be a name: names begin with a small letter, go on with letters, digits and underscores, and are no words of the language
definition-covers = there is no clause or control “{ $written }” (write clause:8.2 or control:5.9)
definition-due = “{ $field }” is no field that holds a date
definition-or-stated = only a computed field can be or_stated
definition-list-of = a list needs of, such as of = ["text"]
definition-item-type = “{ $type }” cannot stand in a list
definition-row-of = a row needs of, such as of = "assets"
definition-row-unknown = there is no register or kind of row “{ $written }”
definition-lookup-by = a lookup needs by with one or two names, such as by = ["threat", "vulnerability"]
definition-choice-values = a choice needs values, such as values = ["open", "done"]
definition-page-place = Rows stand in records/{ $id }.toml, or in files below records/{ $id }/.
definition-page-period = A file says its period at its top: period = "{ $example }".
definition-page-head = Keys at the top of a file
definition-page-key = Rows have no id; { $fields } tell them apart.
definition-page-rules = Rules
definition-page-key-name = key
definition-page-label = heading
definition-page-value = value
definition-page-required = required
definition-page-in-group = required where the group is used
definition-page-required-if = required if `{ $condition }`
definition-page-computed = computed: `{ $expression }`
definition-page-or-stated = computed: `{ $expression }`; may be stated where it is the same
definition-page-id = an id of letters and digits
definition-page-band = id of a step of `{ $path }`
definition-page-row = id of a row of `{ $of }`
definition-page-person = id of a person
definition-page-person-of = id of a person with the role `{ $role }`
definition-page-role = id of a role
definition-page-department = id of a department
definition-page-label-id = id of a classification
definition-page-term = a term
definition-page-link = a row, a place of a document, a file, an address
definition-page-lookup = figures by { $by }
definition-personal = the register names no persons (personal), and “{ $field }” does
definition-provides-twice = values of the type “{ $type }” are provided by “{ $id }” already
definition-circle = the computation leads back to itself: { $fields }
expression-open-quote = the quotation mark ' is never closed
expression-no-number = this is no number
expression-odd-character = “{ $character }” has no meaning in an expression
expression-too-long = the expression is too long: { $limit } words and signs at most
expression-too-deep = the expression is nested too deeply: { $limit } levels at most
expression-expected = { $what } is expected here
expected-expression-end = the end of the expression
expected-then = then
expected-value = a value
expected-name = a name
expected-parenthesis = )
expected-bracket = ]
expression-unknown-name = there is no field or register “{ $name }”
expression-unknown-name-nearest = there is no field or register “{ $name }”; is “{ $meant }” meant?
expression-group = “{ $name }” is a group of fields; name one of them
expression-unknown-function = there is no function “{ $name }”
expression-unknown-function-nearest = there is no function “{ $name }”; is “{ $meant }” meant?
expression-arguments = “{ $name }” is called like this: { $form }
expression-needless-where = “{ $name }” counts no rows and takes no where
expression-wrong-type = { $needed } is needed here, not { $found }
expression-unlike = { $one } and { $other } cannot be compared
expression-no-such-word = the choice has no word “{ $word }” ({ $allowed })
expression-several-kinds = “{ $register }” has several kinds of rows; name one of { $kinds }
expression-no-order = no single date orders the rows of “{ $kind }”
expression-no-row = there is no row here that “this” could be

## publish

publish-bad-path = "{ $path }" cannot be the path of a published file
publish-path-taken = "{ $path }" and "{ $other }" would be the same file or folder where upper and lower case do not count
publish-no-record = the build holds no build.json, by which a later build would recognise the folder as its own
publish-above-root = { $path } is the repository itself or lies above it, and a build replaces the whole folder; choose another folder with --out
publish-in-source = { $path } lies in { $folder }/, from which the handbook is read: the next site would hold this one; choose another folder with --out
publish-not-a-folder = { $path } is a file, a link or no usable path; choose a folder with --out
publish-foreign = { $path } is neither empty nor an earlier build, and a build replaces the whole folder; empty it or choose another folder with --out
publish-occupied = { $path } is not empty, and evidence replaces nothing; choose another folder with --out
publish-holds-repository = { $path } holds a git repository, which a build would take away; build into another folder and copy the result there
publish-not-empty = { $path } is not empty; for a new handbook give an empty folder or a git repository
publish-git = cannot make a git repository of { $path }: { $error }
publish-busy = another run is just writing { $path }; try again when it is done
publish-changed = { $path } was changed by someone else in the meantime and was left as it is; try again
publish-exists = { $path } exists already and was left as it is
publish-not-a-file = { $path } is a link or a folder, not a file, and was left as it is
publish-cannot-read = cannot read { $path }: { $error }
publish-cannot-write = cannot write { $path }: { $error }
publish-cannot-replace = cannot put the new files in the place of { $path }, where the old ones still stand: { $error }
publish-mount-point = { $path } is in use or another disk is mounted there, so it cannot be replaced in one step; choose a folder below it with --out ({ $error })

## cli

failure = error: { $reason }
typed-not-a-date = this is not a date; write it like 2026-12-01, 2026/12/1, 令和8年12月1日 or today
typed-value = { $argument } cannot be “{ $value }”: { $reason }
typed-no-value = { $argument } needs a value ({ $values })
typed-choice = { $argument } cannot be “{ $value }”; choose one of { $values }
typed-unknown = there is no argument { $argument }
typed-no-command = there is no command “{ $name }”
typed-missing = these are missing: { $arguments }
typed-missing-command = name a command: { $names }
typed-conflict = { $argument } and { $other } exclude each other
typed-near = {" "}(did you mean { $near }?)
typed-help = kitei help COMMAND, or --help behind a command, explains it
no-handbook = neither { $folder } nor a folder above it holds kitei.toml; run kitei inside a handbook or name one with --root; kitei init FOLDER starts one (kitei help guide)
config-unreadable = cannot read kitei.toml: { $reason }
config-no-file = it is no regular file of the repository; links are never followed
rev-needs-git = --rev works inside a git repository only
path-outside = “{ $path }” lies outside the handbook
output-failed = cannot write the result: { $reason }
interrupted = the input was interrupted; nothing was written
severity-error = error
severity-warning = warning
severity-note = note
severity-allow = off
no-such-rule = there is no rule “{ $name }”; did you mean “{ $nearest }”? Run kitei explain for the list
explain-head = { $code } { $name } (by default: { $level }; rests on: { $basis })
baseline-applied = left out { $count ->
        [one] one finding that is
       *[other] { $count } findings that are
    } in { $path }
baseline-comment = Findings from the time of adoption, left out by kitei check --baseline; rewritten by kitei check --write-baseline.
    Holds no line numbers. What has been corrected disappears when it is next written.
baseline-gone = { $count ->
        [one] one finding
       *[other] { $count } findings
    } of { $path } no longer occur; write it again with --write-baseline
baseline-malformed = { $path } was not written by kitei check --write-baseline: { $reason }
baseline-unreadable = cannot read { $path }: { $reason }
baseline-written = wrote { $count ->
        [one] one finding
       *[other] { $count } findings
    } to { $path }; from now on kitei check --baseline { $path } reports new ones only
check-fix-approval = {"  "}{ $id } version { $version } ({ $path }, { $edits })
check-fix-ended = corrected approved text in { $files ->
        [one] one file
       *[other] { $files } files
    }. These approvals do not cover the corrected text: raise the version and have it approved
check-fix-held-back = left approved text in { $files ->
        [one] one file
       *[other] { $files } files
    } alone ({ $edits ->
        [one] one correction
       *[other] { $edits } corrections
    }). Correcting it would end the approvals below: use --fix=approved, raise the version and have it approved
check-would-fix = { $edits ->
        [one] one finding
       *[other] { $edits } findings
    } in { $files ->
        [one] one file
       *[other] { $files } files
    } can be corrected (--dry-run: nothing written)
check-fixed = corrected { $edits } { $edits ->
    [one] place
   *[other] places
  } in { $files } { $files ->
    [one] file
   *[other] files
  }

state-in-force = in force
state-pending = pending
state-draft = draft
state-retired = retired

list-id = ID
list-title = Title
list-version = Version
list-state = State
list-effective = Effective
list-next-review = Next review
list-owner = Owner
list-note = Note
list-draft = draft { $version }
list-pending = { $version } from { $date }
list-overdue = review overdue
list-suspect = a document above it changed

build-uncommitted = left out { $count } files that are not committed (--work-tree takes them in): { $paths }
build-drafts-left-out = left out { $count } without a version in force: { $ids }
build-newer-drafts = { $count } with an unapproved draft; the version in force is published: { $ids }
build-unreadable = cannot publish: kitei.toml cannot be read as it stands; correct it first:
build-text-missing = cannot publish: the text in force is neither in the working tree nor in history: { $ids }
build-bundled = Wrote the handbook that opens from a file to { $path } ({ $bytes } bytes)
build-done = wrote { $documents } documents ({ $pages } files) to { $path } as of { $date } in { $millis } ms
progress-history = reading history
progress-records = reading the history of records
serve-no-browser = could not open a browser; open the address above
banner-more = { $count } more; kitei check lists them all
serve-checked = checked { $documents } documents: { $errors } errors, { $warnings } warnings ({ $millis } ms)

cli-values = {" "}({ $values })
cli-default = {" "}(default: { $value })
cli-heading-usage = Usage
cli-heading-commands = Commands
cli-heading-arguments = Arguments
cli-heading-options = Options
cli-heading-global-options = Global options
cli-kitei = Keeps ISMS documents as plain text in git and publishes exactly the wording that is approved and in force
cli-kitei-after = Start with: kitei serve to open the handbook in your browser, kitei check to check the documents.
    The manual: kitei help lists its pages.
    Exit codes: 0 no error, 1 errors found, 2 could not run.
cli-check = Check documents, references, approvals and dates
cli-explain = Explain a rule (all rules where none is named)
cli-build = Build the handbook site from the wording in force
cli-serve = Show the working tree in the browser; reloads on every save
cli-list = List documents with their states and dates
cli-approve = Record an approval in the ledger
cli-review = Record a review in the ledger
cli-completions = Print a shell completion script
cli-help = Show a page of the manual, or the help of a command
cli-help-about = Topic or command; the list of both where absent
help-lead = kitei help TOPIC shows a page of the manual, kitei help COMMAND the options of a command.
help-topics = Topics
help-topic-installing = install, upgrade, uninstall, install without a network
help-topic-guide = a year with kitei, for people who do not program
help-topic-format = every key of documents, kitei.toml and the ledger
help-topic-registers = roles, people, glossary, contacts and the other registers
help-topic-sources = where each of 166 records of the sources belongs
help-topic-hosting = publish the handbook, and its search
help-topic-customising = colours, logo and templates of your own
help-topic-evidence = what evidence for auditors holds and how to check it
help-topic-impact = what a report on the impact of a change holds
help-topic-documents-json = the list of documents for other programs
help-topic-approved-copy = what an approved copy holds, and how to check one by hand
help-commands = Commands
help-unknown = there is neither a topic nor a command “{ $name }”; did you mean “{ $nearest }”? kitei help lists both
cli-man = Print the manual page
cli-arg-root = Run as if started in this folder: the handbook is found from it upwards, and paths are seen from it
cli-arg-lang = Language of the interface (ja or en)
cli-arg-quiet = Show no progress
cli-arg-color = When to use colour
cli-arg-help = Show this help
cli-arg-version = Show the version
cli-arg-format = Format of the output
cli-arg-as-of = Judge by this date, e.g. 2026-04-01 (today where absent)
cli-arg-rev = Read this git revision, e.g. v1.0 or HEAD~3, in place of the working tree, which stays as it is
cli-check-fix = Correct what can be corrected mechanically; --fix=approved also corrects approved text, which then has to be approved again
cli-check-baseline = Leave out the findings in this file and report new ones only
cli-check-dry-run = Write nothing; show what would be corrected as a diff
cli-check-write-baseline = Write the findings there are to this file, for --baseline
cli-check-strict = Exit with 1 for warnings too
cli-check-paths = Show findings of these files or folders only
cli-check-waivers = List the waivers with their state
cli-explain-rule = Code or name of a rule, e.g. REF001 or broken-link
cli-explain-all = Show the pages of all rules
waivers-none = there are no waivers
waivers-state = State
waivers-rule = Rule
waivers-document = Document
waivers-expires = Ends
waivers-approved-by = Accepted by
waivers-reason = Reason
waivers-used = in effect ({ $count })
waivers-unused = unused
waivers-expired = over
waivers-incomplete = incomplete
waivers-unknown-rule = no such rule
cli-build-out = Folder to write to (the handbook's public where absent)
cli-build-edition = Build an edition for readers who may not see everything ([editions.NAME] of kitei.toml; written to editions/NAME where no folder is given)
build-no-such-edition = kitei.toml has no edition { $name } (it has { $known })
build-no-editions = kitei.toml has no edition { $name }; write [editions.{ $name }] with highest, the most restricted label to be shown
build-edition-label = the edition { $name } has the label { $label } as highest, which is not defined
cli-build-bundle = Also write the handbook as one ZIP that opens from a file system (for the day without a network)
cli-build-work-tree = Take in what is not committed (every page says so)
cli-build-drafts = Include unapproved text, marked as such (for proof-reading, not for publishing)
cli-serve-port = Port to listen on
cli-serve-open = Open the browser
cli-approve-ids = Ids of the approved documents
cli-approve-on = Date of approval
cli-approve-effective = Effective date
cli-approve-role = Role id in whose capacity it was approved (the document's approver where absent)
cli-approve-approver = Person id of the approver (not needed where a body approved)
cli-approve-chair = Person id of the body's chair
cli-approve-drafters = Person id of a drafter (repeatable)
cli-approve-checked-by = Person id of who checked it (repeatable)
cli-approve-recorded-by = Person id of who writes this record
cli-approve-reason = Why it changed
cli-approve-decision = Minutes or other reference of the decision
cli-approve-pull-request = Address of the pull request
cli-approve-retroactive = Why it takes effect before its approval
cli-approve-self-approval = Exception under which a drafter approves, and the department that monitors
cli-arg-dry-run = Show the entry without writing it
cli-arg-yes = Write without asking
cli-review-ids = Ids of the reviewed documents
cli-review-on = Date of the review
cli-review-reviewer = Person id of the reviewer
cli-review-outcome = Outcome: no-change, revise, retire
cli-review-reason = Why
cli-completions-shell = Shell
cli-man-out = Folder for one page a command

## ledger commands

ask-approved-on = Approved on
ask-effective = Effective from
ask-retired-from = No longer in force from
ask-announced-on = Announced on
ask-ratify-by = To be ratified by (e.g. 2026-06-30)
ask-role = Role that approved (id)
ask-approver = Who approved as “{ $role }” (person id)
ask-drafters = Drafters (person ids, separated by commas; empty for none)
ask-checked-by = Checked by (person ids, separated by commas; empty for none)
ask-changes = What changed in { $id } (empty for nothing)
ask-decision = Minutes or other reference of the decision (empty for none)
ask-reason = Why (empty for none)
ask-original = Original of the approval (e.g. binder of regulations, 3rd edition)
ask-means = How it was announced
ask-evidence = Where the evidence of it lies (empty for none)
ask-reviewed-on = Reviewed on
ask-reviewer = Reviewer (person id)
ask-outcome = Outcome of the review
ask-write = Write this to the ledger?
flag-needed = give { $flag } (on a terminal you are asked for it)
ledger-written = wrote { $path }
ledger-recorded = { $path } holds the same entry already and was left as it is
refused = { $ids }: not recorded, { $reason }
decision-unreadable = nothing is recorded: a file that says who may decide, or what was decided, has faults; correct them first:
no-such-document = there is no document “{ $id }”
no-such-person = “{ $person }” is not in people.toml
approve-unknown-role = the role “{ $role }” is not in roles.toml
approve-has-faults = there are faults of form; correct what kitei check reports
approve-not-in-tree = the document's file is not there
approve-twice = it is named twice
approve-already = version { $version } is approved with this very text already; to mend a faulty entry by approving again, give --again and --reason
approve-other-text = version { $version } is approved with another text; raise the version when the text changes
approve-other-version = the working tree holds version { $version }, not { $wanted }
approve-version-lower = there is a record of the newer version { $version }; raise the version
approve-nothing-to-ratify = no provisional approval waits for its ratification
approve-ratified-before = the ratification on { $approved } lies before the provisional approval on { $provisional }
approve-before-decision = the effective date { $effective } lies before the approval on { $approved }; give the reason with --retroactive
approve-not-retroactive = the effective date { $effective } does not lie before the approval on { $approved }; leave out --retroactive
approve-in-future = the date { $date } has not come yet (today is { $today }); record it once it was decided
approve-nobody-declared = nobody is declared who may approve it; set approver in { $table } of kitei.toml
approve-wrong-rank = it is to be approved by “{ $needed }”, not by “{ $role }”
approve-not-in-office = { $person } does not hold the role “{ $role }” on { $date }
approve-nobody = name the person who approved as “{ $role }” with --approver
approve-body-with-approver = “{ $role }” decides as a body; { $person } cannot be the approver, but may be named as --chair
approve-chair-without-body = “{ $role }” is no body and has no chair; use --approver
approve-own-draft = { $person } drafted it; to approve an own draft, name the exception and the monitoring department with --self-approval
approve-no-monitor = --self-approval names no department or role that monitors, other than { $person }'s own
approve-provisional-not-allowed = nobody may approve this tier provisionally; set provisional_approver in [tiers.{ $tier }] of kitei.toml
approve-provisional-record = a register cannot be approved provisionally
approve-provisional-later = a provisional approval takes effect on the day of approval, { $approved }, not on { $effective }
approve-ratify-by-before = the day of ratification { $day } lies before the approval on { $approved }
approve-soa-alone = SOA is made of the documents in force: approve those first, then SOA on its own
soa-text-missing = the text in force of these documents cannot be found: { $ids }
soa-undecided = { $count } controls are undecided; a statement is approved once it decides on every control: { $controls }
soa-empty = no document in force on { $date } holds a decision ([[soa]])
plan-missing = there is no { $path }
retire-record = a register cannot be retired
retire-before-decision = the retirement's date { $effective } lies before the approval on { $approved }
retire-already = it was retired on { $date }
retire-nothing-in-force = nothing is in force on { $date }
retire-pending = version { $version } takes effect on { $date }, after the retirement, and would revive the document; retire it on that day or later
retire-unknown-successor = there is no document “{ $id }” to replace it
retire-own-successor = { $id } is retired together with it and cannot replace it
retire-retired-successor = { $id }, which is to replace it, was retired on { $date }
review-without-office = { $person } holds no role on { $date }; whoever reviews has an office
review-nothing-in-force = nothing is in force on { $date }
review-no-suspects = no document waits to be read again because of { $id }
announce-never-approved = no version is approved
announce-unknown-version = no approval of version { $version } is recorded
announce-before-approval = version { $version } was approved on { $approved }, after the announcement on { $on }
adopt-no-original = the original is not named; write it into the column original or give --original
past-in-future = the effective date { $date } has not come yet (today is { $today })
past-version-twice = there are two rows for version { $version }
past-version-taken = the ledger holds version { $version } with other content
past-version-higher = version { $version } is not before { $approved }, the lowest version that has an approval
past-not-before = the effective date { $date } is not before { $approved }, when the first approved version took effect
csv-fault = { $place }: { $reason }
csv-unreadable = cannot read { $path }: { $reason }
csv-io = { $error }
csv-too-large = the file is too large
csv-not-utf8 = line { $line } is not UTF-8; save the table as “CSV UTF-8”
csv-empty = the table is empty; its first row names the columns
csv-open-quote = a quotation mark is not closed
csv-text-behind-quote = there is text behind a closing quotation mark
csv-unknown-column = there is no column “{ $name }”
csv-column-twice = the column “{ $name }” is there twice
csv-missing-column = the column “{ $name }” is missing
csv-empty-cell = “{ $name }” is empty
csv-extra-cell = a value stands in a column without a name
csv-bad-version = the version “{ $text }” is not of the form MAJOR.MINOR (e.g. 1.0)
csv-bad-date = “{ $text }” is no date (e.g. 2026-04-01 or 2026/4/1)

cli-retire = Record a retirement in the ledger
cli-announce = Record an announcement in the ledger
cli-approve-changes = What changed; “ID=text” says it of one document alone (repeatable)
cli-approve-provisional = Record a provisional approval (in force at once, to be ratified by the usual approver)
cli-approve-ratify-by = Until when a provisional approval is to be ratified
cli-approve-ratify = Approve the version that waits for ratification, even where the working tree has gone on
cli-approve-again = Approve the same text once more, to mend a faulty entry (needs --reason)
cli-approve-number = Version that is approved: of a document the one in the working tree, of a register the number to give (the next major one where absent)
cli-approve-adopt = Adopt an approval given outside the repository
cli-approve-original = Name of the original of an adopted approval
cli-approve-csv = Table of approvals to adopt (CSV, UTF-8) with the columns id, version, approved_on, effective, role, approver, drafters, checked_by, changes, decision, original
cli-approve-history = Table of versions before those (CSV, UTF-8) with the columns id, version, approved_on, effective, changes
cli-review-suspect-of = All documents below this one that were not read again since it changed
cli-retire-ids = Ids of the retired documents
cli-retire-on = Date of the decision
cli-retire-effective = First day on which they are no longer in force (the date of the decision where absent)
cli-retire-role = Role id in whose capacity it was decided (the document's approver where absent)
cli-retire-approver = Person id of who decided (not needed where a body did)
cli-retire-decision = Minutes or other reference of the decision
cli-retire-replaced-by = Id of a document that replaces them (repeatable, for splits)
cli-retire-reason = Why
cli-announce-ids = Ids of the announced documents
cli-announce-to = Role id of those told (repeatable; the document's audience where absent, else everyone)
cli-announce-means = How: e.g. meeting, mail, notice board
cli-announce-on = Date of the announcement
cli-announce-evidence = Where the evidence lies
cli-announce-of = Announced version (the newest one approved by that day where absent)

## history

history-not-trusted = the repository { $path } belongs to another user; if you trust it, allow it with: git config --global --add safe.directory { $path }
history-sha256 = the repository { $path } names its objects by SHA-256; only SHA-1 repositories can be read
history-partial = the repository { $path } is a partial clone, which lacks history; clone it whole, without --filter
history-open = the repository at { $path } cannot be opened: { $reason }
history-unknown-revision = no commit is called { $revision }
history-not-in-history = the commit { $commit } is not part of this history
history-missing = the object { $object } is not in this repository (fetch the rest of a shallow clone with git fetch --unshallow, clone a partial one again without --filter, take anything else from another clone)
history-corrupt = the object { $object } is damaged or cannot be understood: { $reason }

## serve

serve-listening = preview at { $url } (stop with Ctrl-C)
serve-rebuilt = built again in { $milliseconds } ms
serve-rebuilt-with-errors = built again in { $milliseconds } ms, { $errors ->
    [one] with one error
   *[other] with { $errors } errors
 }
serve-kept = could not build the site ({ $errors ->
    [one] one error
   *[other] { $errors } errors
 }); the last good one stays
serve-panicked = The build ended in a defect of kitei itself. The terminal shows where; please report it.
serve-cannot-watch = changes in { $path } will not be noticed, so restart after an edit: { $error }
serve-port-taken = another program uses port { $port }; choose another one with --port
serve-not-loopback = { $address } can be reached from other machines, and the preview shows drafts; use 127.0.0.1
serve-cannot-listen = cannot start the preview: { $error }
serve-no-site = There is no site to show yet. This page reloads when there is one.
serve-not-found = There is no such page.
serve-banner-label = Findings
serve-banner-warnings = Findings of the last build
serve-banner-errors = { $errors ->
    [one] The last build found one error
   *[other] The last build found { $errors } errors
 }
serve-banner-stale = { $errors ->
    [one] Not up to date: the last build stopped at one error
   *[other] Not up to date: the last build stopped at { $errors } errors
 }

## site

date-gregorian = { $day } { $month } { $year }
date-era = { $day } { $month } { $era } { $year }
date-era-year = { $era } { $year }
date-both = { $gregorian } ({ $era })
era-reiwa = Reiwa
era-heisei = Heisei
era-showa = Showa
era-taisho = Taisho
era-meiji = Meiji
era-first-year = 1
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
site-about-annex-a = { $total } controls: whether they apply, why, and the documents behind them ({ $covered } have one)
site-about-clauses = Clauses 4 to 10 and the documents they demand
site-about-control = What has to be met, and why
site-about-glossary = What { $count } words of this handbook mean
site-about-policy = What the organisation stands for, and its principles
site-about-procedure = Who does what, step by step
site-about-roles = What { $count } roles answer for, and who holds them
site-alert-forbidden = Forbidden
site-alert-reference = Note
site-alert-required = Required
site-alert-tip = Tip
site-alert-warning = Caution
site-amended = Amended 2024
site-absent = There is no network. Saved pages:
site-annex-a = Annex A
site-annex-a-lead = For each of the { $total } controls of ISO/IEC 27001:2022, Annex A: whether it applies and why, how far it is carried out, and the documents behind it.
site-annex-a-title = Controls of Annex A
site-approved-by = Approved by
site-approved-on = Approved on
site-as-of = As of
site-audience = Addressed to
site-before-records = before records began
site-body = Body
site-changes = Changes
site-colon = :{" "}
site-copied = Link copied
site-copy = Copy link
site-everyone = Everyone
site-gone-since = Retired on
site-gone-text = This document was retired. You no longer have to follow it.
site-gone-successors = What took its place
site-gone-no-successor = Nothing took its place.
site-my = For me
site-my-by-department = By department
site-my-by-role = By role
site-my-card = Choose your roles
site-my-changes = What changed
site-my-choose = Choose a role above and it shows here.
site-my-choose-below = Open the page of your role under “By role” below.
site-my-department = Department
site-my-documents = What to know
site-my-everyone = Documents that everyone must know
site-my-forget = Forget my choice
site-my-forgotten = Your choice is forgotten
site-my-kept = Your choice is kept on this device
site-my-lead = Choose your roles to see together what to know, what changed and the work of the year.
site-my-none = Nothing is for the chosen roles alone.
site-my-private = Your choice stays in the browser of this device. Nothing is sent.
site-my-roles = My roles (any number)
site-my-since = Changes since
site-month-name = { $month }
site-monthly = Every month
site-quiz-again = Try again
site-quiz-answer = Answer and explanation
site-quiz-answer-is = Right answer:
site-quiz-failed = Not passed yet. Read the explanations and try again.
site-quiz-false = False
site-quiz-missing = Not answered yet:
site-quiz-no-record = This is a self-check. Neither answers nor points are sent anywhere, and it is no record of training.
site-quiz-number = Question { $number }
site-quiz-pass = { $total } points, passed with { $pass }
site-quiz-passed = Passed.
site-quiz-points = ({ $points } points)
site-quiz-questions = { $count } questions
site-quiz-result = Result
site-quiz-right = Right
site-quiz-score = Check my answers
site-quiz-several = Choose all that apply.
site-quiz-true = True
site-quiz-wrong = Wrong
site-quizzes = Self-checks
site-quizzes-lead = Find out for yourself what you know, as often as you like. Nothing is sent.
site-report = Report a mistake on this page
site-role-page = Everything for { $role }
site-source = Source of this page
site-clauses = Clauses
site-clauses-lead = For each clause of ISO/IEC 27001:2022 from 4 to 10: what it wants in writing, and the documents and registers behind it.
site-clauses-title = Clauses of the standard
site-code = Code
site-column-version = Version
site-commits = { $count ->
    [one] changed once
   *[other] changed { $count } times
}
site-contents = Contents
site-control = Controls
site-controls = Controls
site-deleted = deleted
site-clause-records = Registers
site-clause-record = { $name }: { $rows ->
    [one] one row
   *[other] { $rows } rows
}
site-clause-record-newest = { $name }: { $rows ->
    [one] one row
   *[other] { $rows } rows
}, the newest date is
site-clause-no-record = { $name }: no rows
site-clause-record-elsewhere = { $name }: kept, and not shown here
site-documented = Wanted in writing
site-documents = { $count ->
    [one] { $count } document
   *[other] { $count } documents
}
site-draft = Draft
site-draft-in-force = Version { $version } is in force since
site-draft-text = This text is not approved. Work by the version in force.
site-draft-title = Draft
site-drafts = Drafts that wait for approval
site-effective = In force from
site-error-archive = The archive cannot be made: { $detail }
site-error-attachment = the file “{ $path }” of document { $document } cannot be read: { $reason }
site-error-attachment-changed = the file “{ $path }” of document { $document } has changed since it was read; run again
site-error-dead-link = the link “{ $address }” of the page “{ $page }” leads to nothing that is published; in your templates below site/templates/ write links as {"{{"} link("my.html", "words") {"}}"}, which shows the words alone where there is no such page
site-error-index = The search index cannot be made: { $detail }
site-error-template = the template “{ $name }” is wrong at line { $line }: { $detail }
site-established = Established
site-filter = Narrow this list
site-find = Read
site-glossary = Glossary
site-holders = Held by
site-home-lead = { $count ->
    [one] { $count } document that everybody reads and follows to protect information.
   *[other] { $count } documents that everybody reads and follows to protect information.
}
site-implemented-by = Implemented by
site-implements = Implements
site-incident = Report an incident
site-incident-card = Card to carry (A6)
site-incident-card-note = Print it at its real size on A6, or on A4 and cut it out.
site-incident-first = In the first minutes
site-incident-lead = You need not be sure. Nobody is blamed for telling early.
site-incident-levels = How serious is it?
site-incident-long = Something looks wrong? Report it at once
site-incident-never = Do not
site-incident-or = {" "}/{" "}
site-incident-others = Other contacts
site-incident-print = Print
site-incident-procedure = More in “{ $title }”
site-incident-what = What to do in the first minutes, what not to do, how serious it is
site-contact-chat = Chat
site-last-change = Last change
site-list-comma = ,{" "}
site-look-up = Look up
site-navigation = Main pages
site-new = New
site-next-review = Next review
site-no-document = No document
site-no-holder = Nobody holds this role
site-none-published = No document is in force.
site-not-found = Page not found
site-not-found-text = The document may be retired, or the address may be wrong. Numbers of documents never change: look it up in the lists.
site-not-used = Not used:
site-not-yet = {" "}(not approved yet)
site-note-back = Back to note { $number } in the text
site-note-mark = Note { $number }
site-notes = Notes
site-other-terms = Other
site-overdue = overdue
site-own-controls = Our own controls
site-owner = Owner
site-pending = not yet in force
site-pending-text = Approved, and not yet in force. It takes effect on
site-pending-title = Not yet in force
site-permalink = Link to { $place }
site-policies = Policies
site-policy = Policies
site-preview = Preview. It shows drafts that are not approved.
site-print-note = The current version is on this site. A print counts on the day it was printed only.
site-procedure = Procedures
site-procedures = Procedures
site-provisional = Provisional
site-provisional-text = Approved provisionally in an emergency, and in force.
site-ratify-by = To be ratified by
site-recent = New and revised
site-related = Related documents and standards
site-revised = Revised
site-uncommitted = Holds changes that are not committed
site-revision = Commit { $commit }
site-role-addressed = Must know
site-role-approved = Approves
site-role-owned = Owns
site-roles = Roles
site-roles-lead = What each role answers for, and who holds it on the date of this edition.
site-roles-title = Roles and responsibilities
site-saved = This is a saved copy ({ $date }). It may be outdated.
site-search = Search
site-search-all = All results for “{ $query }”
site-search-annex = Annex A control
site-search-count = Found: { $count }
site-search-failed = The index of the text could not be loaded, so only titles, headings and terms were searched.
site-search-fewer = Search with fewer words
site-search-hint = Words or a document number
site-search-incident = If something may have happened, report it first and search later
site-search-lead = Searches titles, headings, terms and text. The key “/” leads to the search box.
site-search-near = Similar terms
site-search-none = Nothing found for “{ $query }”
site-search-reading = Searching the text…
site-search-role = Role
site-search-script = Searching needs JavaScript. Without it, these pages help:
site-search-script-title = Search is not available
site-search-term = Term
site-search-tier = Kind of document
site-search-tips = Short words are found more easily: “loss” rather than “lost my phone”.
site-section-implements = Implements
site-skip = Skip to the text
site-soa = Statement of applicability
site-soa-excluded = Not applicable
site-soa-implemented = Implemented
site-soa-none = Not implemented
site-soa-partial = Partly implemented
site-soa-planned = Planned
site-soa-reason-baseline = Baseline
site-soa-reason-business = Business
site-soa-reason-contract = Contract
site-soa-reason-legal = Law
site-soa-reason-risk = Risk
site-soa-reasons = Kinds of reasons
site-soa-undecided = Undecided
site-soa-unknown = Applicable (state not given)
site-soa-why = Why
site-table = Table
site-table-in = Table ({ $place })
site-tally-applicable = Applicable
site-tally-excluded = Not applicable
site-tally-implemented = Implemented
site-tally-undecided = Undecided
site-task-done = done
site-task-open = open
site-this-version = this version
site-to-home = To the first page
site-upcoming = Soon in force
site-version = Version { $version }
site-registers = Registers
site-registers-lead = Records with a fixed form. What is computed is computed anew from the values it rests on.
site-about-registers = Assets, risks, audits and other registers ({ $count })
site-register-rows = { $count ->
    [one] one row
   *[other] { $count } rows
}
site-register-laid-down = Laid down in
site-register-covers = Evidence of
site-register-period = Period
site-register-closed = closed
site-register-closed-on = Closed on
site-register-void = void
site-register-uncomputed = not computed: { $why }
site-register-empty = There are no rows.
site-yes = yes
site-no = no
site-exceptions = Exceptions
site-exception-article = Article
site-exception-reason = Reason
site-exception-measure = Measure in its place
site-exception-expires = Until
site-exception-over = expired
site-versions = Versions
site-about-audit = State, version, owner and dates of every document
site-about-calendar = Twelve months of reviews, effective dates and planned work
site-about-contacts = Whom to reach when something is wrong, and what to do in the first minutes
site-about-due = Who has to do what, and by when
site-about-exceptions = Exceptions that are allowed ({ $count }), and until when
site-about-my = Choose your roles and see what to know, what changed and the work of the year
site-about-quizzes = { $count } self-checks of what you know
site-about-overview = How the documents build on each other, and the registers
site-about-practices = The { $count } practices of the CISO and the documents behind them
site-about-rules = The { $count } rules that this handbook is checked by
site-about-soa = { $total } controls: applicable or not, why, and how far
site-audit = All documents (for auditors)
site-audit-lead = The state of every controlled document, with those that are retired and those that are approved and not yet in force. Choose a column's heading to sort by it.
site-calendar = Calendar
site-calendar-lead = What falls due in the coming twelve months, and the work of the year plan.
site-column-applicable = Applies
site-column-carried = Rules and procedures
site-column-control = Control
site-column-doc-state = State
site-column-reasons = Reasons
site-column-state = Implementation
site-column-title = Title
site-due = Due, by role
site-due-lead = What falls due within half a year, up to { $until }, by the role that has to act.
site-every-month = Every month
site-exception-document = Document
site-exception-plan = How it ends
site-exceptions-lead = Where a rule cannot be followed: why, what is done in its place, and until when that is allowed.
site-falls-due = Falls due
site-filter-all = All
site-group-more = Roles and words
site-group-run = Running it
site-group-standard = The standard
site-last-review = Last review
site-month = { $month } { $year }
site-no-exceptions = No exception is open.
site-nothing-due = Nothing falls due.
site-overdue-count = { $count } overdue
site-overdue-title = Overdue
site-overview = Overview
site-overview-lead = How the { $count } documents build on each other, and the way to every register.
site-overview-title = Overview and registers
site-practice-documents = Documents that say how
site-practice-inputs = Starts from
site-practice-outputs = Results
site-practices = Practices of the CISO
site-practices-lead = What the CISO and those who support the CISO do, what it starts from, and what comes of it. A letter in brackets is another practice.
site-pyramid = How the documents build on each other
site-pyramid-words = Three layers: policies ({ $policies }) on top, then controls ({ $controls }), then procedures ({ $procedures }).
site-review-overdue = Reviews overdue
site-rule-reason = Why it has this level:
site-rules = Rules
site-rules-CFG = Configuration
site-rules-COV = Coverage of the standard
site-rules-DUE = Due dates
site-rules-FMT = File format
site-rules-ID = Identity of documents
site-rules-LED = Records of approval
site-rules-ORG = Roles and classification
site-rules-QUZ = Quizzes
site-rules-REF = References
site-rules-SEC = Secrets
site-rules-STD = Numbers of the standard
site-rules-STR = Structure
site-rules-TXT = Wording
site-rules-lead = Every change of a document is checked by these { $count } rules, at the levels that we have set.
site-show-all = Show all
site-soa-changed = changed since it was approved
site-soa-lead = Whether each of the { $total } controls of ISO/IEC 27001:2022, Annex A applies and why, how far it is carried out, and the sections that carry it out.
site-soa-no = No
site-soa-yes = Yes
site-sorted = Sorted by { "{column}" }
site-state-draft = Draft
site-state-in-force = In force
site-state-missing = Text missing
site-state-pending = Not yet in force
site-state-retired = Retired
site-suspect = to be read against a new version above
site-task-record = Record:
site-year-plan = Planned work

## due and export

cli-due = List reviews, ratifications, effective dates and appointments that fall due
cli-due-within = Up to this far ahead (30d, 6w, 3m, 1y)
cli-export = Write files for other tools
cli-codeowners = who confirms changes (CODEOWNERS)
cli-register = the rows of a register
cli-register-register = name of the register, such as assets
cli-register-format = format; csv is a table of one kind of row, xlsx a workbook with a sheet for each kind
cli-register-out = file to write (needed for xlsx)
cli-register-kind = kind of row for csv, where the register has several
cli-register-period = this period alone, such as 2026
cli-schema = the form of a register's files (JSON Schema), for editors that complete and check
cli-schema-register = name of the register (all of them by name where absent)
export-schema-faulty = the definition of “{ $id }” has a fault; see `kitei check`.
export-register-unknown = there is no register “{ $id }”; there are: { $known }
export-register-kind = “{ $id }” has several kinds of rows; choose one with --kind: { $kinds }
export-register-incomplete = a part of “{ $id }” cannot be read, and rows are missing; see `kitei check`.
due-review = review
due-ratification = ratification
due-effective = takes effect
due-appointment = appointment ends
due-waiver = waiver ends
due-exception = exception to a rule ends
due-row = date of a register
due-date = Date
due-kind = Kind
due-role = Role
due-overdue = overdue
due-nothing = nothing falls due
due-heading = Due as of { $date }
due-no-role = no role
due-event = { $kind }: { $subject } { $title } ({ $role })

## new

## compare

compare-preamble = Preamble
compare-facts = Particulars
compare-everyone = everyone
compare-number = Document number
compare-classification = Classification
compare-soa = Applicability of A.{ $control }
compare-soa-reasons = Kinds of reasons for A.{ $control }
compare-soa-justification = Justification for A.{ $control }
compare-summary = Summary
compare-review-every = Review interval
compare-alert = [{ $word }]
compare-picture = [picture { $words }]
compare-in-supplement = supplementary { $label }
compare-title = Comparison of wordings: { $title }
compare-new = New
compare-old = Old
compare-after = After amendment
compare-before = Before amendment
compare-remark = Remarks
compare-omitted = {" "}(unchanged)
compare-range = { $from } to { $to }
compare-added-unit = (new)
compare-added = (added)
compare-changed = (changed)
compare-removed = (removed)
compare-moved = (moved)
compare-moved-from = {" "}from { $place }
compare-renumbered = (renumbered)
compare-gov-added = (new)
compare-gov-removed = (removed)
compare-no-difference = Both wordings read the same.
compare-wording = version { $version }, effective { $date }
compare-wording-draft = version { $version }, not approved

compare-no-version = { $id } has no version “{ $version }”; choose one of: { $all }
compare-no-text = version { $version } of { $id } is approved, but its text cannot be found
compare-needs-out = --format xlsx needs a file: name it with --out
compare-written = wrote { $path }
cli-compare = Set two versions side by side
cli-compare-id = Document id
cli-compare-old = Old version (such as 1.0; tree: the working text)
cli-compare-new = New version (such as 2.0; tree: the working text)
cli-compare-style = Manner: company (new, old, remarks) or government (after, before)
cli-compare-order = Which side stands on the left
cli-compare-all = Write out unchanged parts too
cli-compare-out = File to write (standard output if omitted)
log-approver = { $role } ({ $person })
log-added = { $place } added
log-removed = { $place } removed
log-deleted = { $place } deleted; its number is kept
log-changed = { $place } changed
log-changed-renumbered = { $place } (formerly { $from }) changed
log-moved = { $place } moved (formerly { $from })
log-moved-and-changed = { $place } moved and changed (formerly { $from })
log-moved-only = { $place } moved
log-moved-only-and-changed = { $place } moved and changed
log-renumbered = { $from } renumbered to { $to }
log-duty-added = “{ $word }” added in { $place }: { $text }
log-duty-removed = “{ $word }” withdrawn in { $place }: { $text }
log-duty-changed = “{ $word }” changed in { $place }: { $text }
log-fact = { $name } changed from “{ $old }” to “{ $new }”
log-fact-came = { $name }: { $came } added
log-fact-went = { $name }: { $went } taken out
log-fact-came-and-went = { $name }: { $came } added, { $went } taken out
log-fact-added = { $name } set to “{ $new }”
log-fact-removed = { $name } ({ $old }) removed
log-editorial = punctuation, spacing or width corrected in { $count ->
    [one] one place
   *[other] { $count } places
}
log-editorial-places = { $text } ({ $places })
log-minor = minor revision
log-ratified = ratified
log-ratified-on = Ratified on
log-retired = retired
log-pending = (not yet in force)
log-decision = Decision
log-reason = Reason
log-pull-request = Pull request
log-commit = Recorded by commit
log-audience = Who must act
log-replaced-by = Replaced by
log-effective = Effective { $date }
log-nothing = Nothing was established, revised or retired
log-no-text = The text of this version cannot be found, so its changes cannot be shown
log-group-added = Added
log-group-changed = Changed
log-group-removed = Removed
cli-log = Tell what was established, revised and retired, by effective date
cli-log-id = Document id (all documents if omitted)
cli-log-since = Only what took effect on or after this day
site-change-log = Change log
site-change-log-lead = What was established, revised and retired, newest effective date first.
site-drafted-by = Drafted by
site-checked-by = Checked by
site-editorial-revisions = { $count ->
    [one] One revision of wording only
   *[other] { $count } revisions of wording only
}
site-compare = Comparison
site-feed = Feed of changes (Atom)
site-to-document = Back to the document
## impact

cli-impact = Shows what a change comes to: who approves, what to read again, numbers that shift, findings
cli-impact-range = The range, such as main..HEAD (main alone compares with the working tree)
impact-needs-git = The impact of a change can be told only inside a git repository
impact-shallow = A shallow clone does not hold the texts and approvals from before the change. Fetch all of history with git fetch --unshallow (in GitHub Actions fetch-depth: 0 for checkout, in GitLab CI GIT_DEPTH: 0)
impact-partial = A partial clone does not hold the texts from before the change. Clone without --filter
impact-no-base = “{ $range }” does not say what to compare with. Write it as main..HEAD
impact-apart = { $base } and { $head } have no commit in common, so that nothing tells where the change begins

impact-title = Impact of the change
impact-range = { $base } → { $head }, as of { $date }
impact-working-tree = working tree
impact-summary = { $documents ->
    [one] 1 document
   *[other] { $documents } documents
  } ({ $approve } to be approved), { $authority ->
    [one] 1 change
   *[other] { $authority } changes
  } of authority, { $suspects } to be read again, new errors: { $errors }, new warnings: { $warnings }
impact-behind = The target has { $count ->
    [one] 1 commit
   *[other] { $count } commits
  } that this change does not hold. Check the merged result as well.
impact-left-out = Parts are left out because of their length. `kitei impact --format json` shows everything.
impact-more = { $count } more
impact-nothing = Nothing in the handbook changes.
impact-none-of = Nothing under: { $names }

impact-authority = Changes of authority
impact-authority-lead = Who may decide what is going to change. Look at this before the texts.
impact-area-person = Person
impact-area-role = Role
impact-area-tier = Tier
impact-area-rule = Rule
impact-area-waiver = Waiver
impact-area-setting = Setting
impact-area-ledger = Ledger
impact-area-pipeline = Pipeline
impact-area-owners = Code owners
impact-area-site = Parts of the site
impact-added = added
impact-changed = changed
impact-removed = removed
impact-rewrites = { " " }(**rewrites what was recorded**)
impact-unreadable = cannot be read as TOML, so that nothing can be compared
impact-name = name
impact-mail = mail address
impact-forge = account
impact-department = department
impact-office = appointment
impact-body = decides as a body
impact-body-setting = body
impact-duty = responsibility
impact-yes = yes
impact-no = no
impact-fact-changed = { $name }: { $value } → { $now }
impact-fact-added = { $name }: added { $value }
impact-fact-removed = { $name }: removed { $value }
impact-entry-added = added { $entry }
impact-entry-gone = lost { $entry }

impact-documents = Documents
impact-column-document = Document
impact-column-change = Change
impact-column-version = Version
impact-column-approval = Approval
impact-document-added = new
impact-document-changed = text changed
impact-document-particulars = nothing that needs approval
impact-document-moved = moved
impact-document-ledger = records
impact-document-removed = removed
impact-path = File: { $path }
impact-moved-from = { $new } (was { $old })
impact-state = State: { $state }
impact-state-in-force = Version in force: { $version }
impact-state-pending = { " " }({ $version } from { $date } on)
impact-no-approval = The approved text is the same, so that no approval is needed
impact-items = What changes
impact-table = { $id } side by side
impact-compare = Side by side: { $command }
impact-need = { $role } has to approve
impact-need-no-role = has to be approved (no approver is set)
impact-need-recorded = this change records the approval by { $role }
impact-need-stands = approved
impact-need-raise = raise the version
impact-approval = Approval: **{ $need }**. { $why }
impact-why-recorded = Hold dates, decision and approver in the ledger against the record of the decision.
impact-why-stands = This version is approved with this text.
impact-why-first = It is the first version.
impact-why-major = Its content changes (it follows { $newest }).
impact-why-minor = It is editorial (it follows { $newest }).
impact-why-raise = Version { $version } has another text than the recorded version { $newest }. Raise version to "{ $minor }" (editorial) or "{ $major }" (content).
impact-effective = In force from { $date } on
impact-eligible = May approve today: { $people }
impact-members = Decides as a body (members: { $people })
impact-nobody = Nobody holds this role today
impact-drafter = ~~{ $name }~~ (drafted it and may not approve)
impact-minor = If its content changes, raise the major number and have the usual approver approve it

impact-suspects = To be read again
impact-suspect = { $title }: read version { $version } of { $above } (read so far: { $read }), { $when }
impact-owned = { $title } (owner: { $owner })
impact-when-now = from now on
impact-when-day = from { $date } on
impact-when-approval = once it is approved and in force
impact-suspects-todo = Record what the reading found with { $command }.

impact-citations = Cited places
impact-citation-renumbered = { $document }: { $old } → { $new }
impact-citation-moved = { $document }: what { $old } said is now { $new }. Correct the citation
impact-citation-reordered = { $document }: { $old } says something else, and the number of paragraphs or items changed. Check the citation
impact-citation-gone = { $document }: { $old } is gone
impact-cited-by = cited in { $place }

impact-annex = Annex A and statement of applicability
impact-covered-by = { "" } — now covered by { $ids }
impact-not-covered-by = { "" } — no longer covered by { $ids }
impact-uncovered = { " " }(**no document covers it any more**)
impact-soa = Statement of applicability A.{ $control } ({ $id }): { $old } → { $new }
impact-undecided = undecided

impact-findings = Findings
impact-new-findings = New: { $count }
impact-gone-findings = Gone: { $count }
impact-total = After the change there are { $errors } errors and { $warnings } warnings.

impact-announce = To be announced
impact-audience = { $document }: { $audience }
impact-announce-todo = Record it with { $command } once it is announced.

impact-files = Other files

impact-entries = Ledger entries
impact-entries-lead = Once approved, append the following to the ledger's file; { $command } records it too.
impact-entry-dates = `kitei approve` or the forge's form writes this entry together with its approved copy; approved_on and effective as decided.
impact-entry-approver = Below the line with role, add who approved: approver = "the person's id".

## evidence

cli-audit = Gather evidence for an audit in a folder and a zip (with --allowed-signers, SSH signatures are checked too)
cli-audit-as-of = Show what was in force on this day, and everything that happened up to it
cli-audit-from = First day of the period (together with --to)
cli-audit-to = Last day of the period (what was in force on it is shown, too)
cli-audit-out = Folder to write (below evidence/ if omitted; the zip goes beside it; a folder that is not empty is refused)
cli-audit-allowed-signers = Keys that may sign, to check SSH signatures of commits by (ssh-keygen's allowed signers format)
cli-audit-rev = Make evidence of this commit (the one checked out if omitted)
cli-audit-made-on = The day taken as today (today if omitted; to make the same evidence once more)
audit-needs-git = evidence is made from git's history, so it can only be made inside a git repository
audit-no-commit = there is no commit yet to make evidence of
audit-refused = evidence cannot be made: { $why }; { $help }
audit-period = the period is the wrong way round: { $from } lies after { $to }
audit-future = { $to } lies after today ({ $today }); there is no evidence of a day to come
audit-signers = the file of allowed signers { $path } cannot be read: { $reason }
audit-uncommitted = { $count ->
        [one] one change is not committed and is not in the evidence, which is of the commit: { $paths }
       *[other] { $count } changes are not committed and are not in the evidence, which is of the commit: { $paths }
    }
audit-done = Evidence is made: { $path } ({ $files } files)
    zip: { $zip }
audit-tally = To look at: { $label }: { $count }
audit-root = Keep this root hash outside the repository. Given to kitei verify with --root, it shows that not a byte of the evidence was altered.
progress-evidence = Checking objects


cli-verify = Check that evidence is as it was made, and that the repository's history gives the same
cli-verify-pack = Folder or zip of the evidence
cli-verify-root = The root hash that was kept when the evidence was made
cli-verify-repository = Repository to hold the evidence against (the handbook around the current folder if omitted)
cli-verify-no-repository = Do not hold it against a repository
cli-verify-allowed-signers = Your own file of allowed signers to check signatures by (the one in the evidence if omitted)
verify-refused = this repository cannot be used to check by: { $why }; { $help }. To check without a repository, add --no-repository
verify-bad-hash = { $hash } is no root hash; give the 64 digits behind sha256:. A repository is named with --repository
verify-no-repository = there is no git repository of a handbook at { $path }
verify-unreadable = the evidence { $path } cannot be read: { $reason }
verify-archive-broken = the zip is damaged: cut short or altered
verify-archive-name = the zip has a file of a name that no evidence has: "{ $name }"
verify-archive-too-large = the evidence is too large to have been made by kitei
verify-archive-content = { $name }: this file in the zip is damaged
verify-not-a-file = { $file }: not a file (a link, perhaps)
verify-no-manifest = { $file }: missing. The list of files was taken away, or this is no folder of evidence
verify-manifest-line = { $file } line { $line }: not a line that kitei wrote
verify-missing = { $file }: the file is missing (removed or renamed)
verify-extra = { $file }: was not there when the evidence was made
verify-altered = { $file }: altered (it does not have the hash of the list)
verify-record = { $file }: cannot be read as what evidence is of ({ $key })
verify-schema = the form of this evidence is newer than this program (made with kitei { $version }); check it with a newer kitei
verify-data = { $file }: cannot be read as a table
verify-csv = { $file } line { $line }: differs from { $data }
verify-root = the root hash differs: { $wanted } was kept, this evidence has { $found }. It was made anew together with its list of files
verify-commit-gone = the commit { $commit } that the evidence is of is not in this repository: history was rewritten, or it is another repository (then name it with --repository, or add --no-repository)
verify-branch-rewritten = the commit { $commit } that the evidence is of is not in the history of the current branch ({ $head }): the branch was rewritten (force-pushed) after the evidence was made
verify-columns = { $file }: has other columns
verify-row-extra = { $file } line { $line }: the repository gives no row { $row }
verify-row-missing = { $file }: lacks the row { $row } that the repository gives
verify-value = { $file } line { $line }, { $row }, { $column }: the evidence says "{ $pack }", the repository "{ $repository }"
verify-repository-file = { $file } line { $line }: differs from what the repository gives
verify-repository-missing = { $file }: the repository gives this file, and the evidence lacks it
verify-repository-extra = { $file }: the repository gives no such file
verify-more = { $count ->
        [one] and one more difference
       *[other] and { $count } more differences
    }
verify-repacked = note: the zip is not as kitei wrote it (packed again, or its headers were altered); the files in it were checked as told here
verify-signers-of-pack = note: signatures were checked by the allowed signers in the evidence itself; give your own with --allowed-signers
verify-signature = signature of commit { $commit }: { $pack } in the evidence, { $own } by the signers that were given
verify-signers-unused = note: this evidence was made without a file of signers, and its signatures were not checked; the file that was given was not used
verify-other-version = note: this evidence was made by kitei { $version }; its tables and texts were compared, its pages and spreadsheets were not
verify-anchor-root = The root hash is the one that was kept
verify-anchor-repository = The commit { $commit } gives the same evidence and is part of the current branch
verify-internally-consistent = Internally consistent only: the files are as the list says and agree with each other. Whether they were made anew together with the list, only --root (the root hash that was kept) or a repository can tell
verify-good = Nothing in the evidence was altered
verify-rejected = { $count ->
        [one] This evidence is rejected (one fault)
       *[other] This evidence is rejected ({ $count } faults)
    }

evidence-title = Evidence for audit

evidence-lead = This set was made by machine from one commit of the git repository in which documents are controlled. Whatever it says bears a mark of how far it can be trusted (proved, asserted, not provable) and names the commit or record that it rests on.
evidence-organisation = Organisation
evidence-handbook = Handbook
evidence-period = Period
evidence-period-between = { $from } to { $to } (what was in force: on { $to })
evidence-period-until = up to { $to } (what was in force: on { $to })
evidence-commit = Commit
evidence-made-on = Made on
evidence-signers = Signatures
evidence-signers-given = checked by the file allowed-signers in this set
evidence-signers-none = not checked, since no file of allowed signers was given
evidence-attention = What to look at first
evidence-attention-lead = Of what there should be none of, what there is.
evidence-attention-none = Nothing.
evidence-numbers = Numbers
evidence-contents = What is in it
evidence-contents-table = Table
evidence-contents-about = About
evidence-contents-rows = Rows
evidence-contents-files = All columns
evidence-grades = What the marks mean
evidence-grade-proved = proved
evidence-grade-asserted = asserted
evidence-grade-not-provable = not provable
evidence-grade-proved-means = Follows from git objects (commits, files) that can be reached from the commit, and relies on nobody's word. The commit, path and object that are named let anybody check it.
evidence-grade-asserted-means = A record in the repository, or a field that somebody filled in, says so. All dates and all names of people are of this kind.
evidence-grade-not-provable-means = Nothing in the repository can show it. It takes what lies outside: minutes, the forge's own records.
evidence-limits = What git can and cannot show

evidence-limit-dates = Dates come from the clock of whoever committed, or from whoever wrote the ledger. Both can be set. Which changes belong to the period was decided by them, too. Contradictions are listed under "Soundness of history".
evidence-limit-names = Names and mail addresses in commits are whatever their authors set. Only a commit whose signature was checked can be said to be theirs.
evidence-limit-decision = The act of approving happens outside the repository, in meetings or on paper. What can be shown is that a record of it stands there, bound by its digest to this text and no other.
evidence-limit-forge = Reviews and approvals given on a forge (in pull requests) are not in git's history. Ask for the forge's own records where they matter.
evidence-limit-squash = Where commits are squashed or rebased when merged, the original commits and their signatures are lost.
evidence-limit-completeness = It shows the history that can be reached from the commit, and all of it. Had the branch been rewritten before that commit, this alone could not tell. Root hashes and evidence kept from earlier times can.
evidence-limit-sha1 = What is proved rests on the names that git gives to commits and files (SHA-1). Each content was held against its name when this was made. Contents made on purpose to share a name are detected the way git does it.
evidence-limit-other-files = It covers documents, ledgers, registers and settings; not the files that style the site, nor changes of this program.
evidence-limit-readers = Whether anybody read the documents or follows them is not in here.
evidence-verify = How to check it
evidence-verify-lead = README.txt tells how to check it with kitei and without. The hash of the list of files (SHA256SUMS) is the root hash of this set.
evidence-files = Files
evidence-footer = Made by kitei { $version } from commit { $commit } on { $day }
evidence-all-columns = These are the main columns. All of them are in csv/{ $name }.csv and data/{ $name }.json, and what each statement rests on is in claims.
evidence-usual = How far the rows of this table are certain
evidence-usual-differs = How far the rows of this table are certain (rows that differ say so at their end)
evidence-none = There are none.
evidence-yes = yes

evidence-table-documents = Documents
evidence-table-approvals = Approvals
evidence-table-records = Reviews, retirements, announcements
evidence-table-changes = All changes
evidence-table-bypasses = Changes that bypassed approval
evidence-table-overdue = Overdue reviews
evidence-table-exceptions = Exceptions
evidence-table-duties = Separation of duties
evidence-table-signatures = Signatures
evidence-table-integrity = Soundness of history
evidence-table-claims = Marks and what they rest on

evidence-lead-documents = Which version of which document was in force on the last day of the period. Ids lead to the texts.
evidence-lead-approvals = Approvals of the period, and those by which something was in force on its last day: who approved, in which capacity and when, as recorded.
evidence-lead-records = Reviews (those without a change included), retirements and announcements of the period, as recorded.
evidence-lead-changes = Every change of documents, ledgers, registers and settings that came into the main line in the period. Documents that did not change are listed as such.
evidence-lead-bypasses = When a text stood under a version that was approved with another text, and what rules find wrong with approvals. Told even where the organisation has silenced a rule or waived a finding.
evidence-lead-overdue = Documents whose review was overdue on the last day of the period, and on the day this was made.
evidence-lead-exceptions = Exceptions to articles, waived findings, provisional and retroactive approvals, approvals of one's own draft.
evidence-lead-duties = Who drafted, checked, approved, recorded and committed each version, and where one person did two of these.
evidence-lead-signatures = The signature of every commit that came in during the period, and what came of checking it. Of GPG and X.509 signatures it is only told that they are there.
evidence-lead-integrity = How large history is; rewritten ledger entries, clocks that contradict each other, entries recorded afterwards.
evidence-lead-claims = Every statement of every table on a line of its own, with its mark and what it rests on (commit, path, object, record): the table for machines.

evidence-tally-in-force = documents in force
evidence-tally-text-missing = documents in force whose text is not in history
evidence-tally-approvals = approvals in the period
evidence-tally-not-held = approvers who did not hold the role on that day
evidence-tally-changes = changes in the period
evidence-tally-unchanged = documents that did not change
evidence-tally-bypasses = changes that bypassed approval, faults of approvals
evidence-tally-overdue-then = reviews overdue on the last day
evidence-tally-overdue-now = reviews overdue when this was made
evidence-tally-exceptions = exceptions open on the last day
evidence-tally-exceptions-over = exceptions left open beyond their end
evidence-tally-overlaps = versions drafted and approved by one person
evidence-tally-signed = commits whose signature is good
evidence-tally-unsigned = commits without a signature
evidence-tally-bad-signatures = signatures that do not fit
evidence-tally-anomalies = contradictions in history

evidence-state-in-force = in force
evidence-state-pending = not yet in force
evidence-state-draft = draft
evidence-state-retired = retired
evidence-state-text-missing = in force (text missing)
evidence-tier-policy = policy
evidence-tier-control = control
evidence-tier-procedure = procedure

evidence-kind-regular = approval
evidence-kind-provisional = provisional
evidence-kind-review = review
evidence-kind-retirement = retirement
evidence-kind-announcement = announcement
evidence-office-body = a body
evidence-office-held = in office
evidence-office-not-held = not in office
evidence-office-unknown = not in the register
evidence-office-nobody = nobody named
evidence-outcome-no-change = no change
evidence-outcome-revise = to be revised
evidence-outcome-retire = to be retired
evidence-change-added = added
evidence-change-changed = changed
evidence-change-moved = moved
evidence-change-moved-and-changed = moved and changed
evidence-change-removed = removed
evidence-change-ledger = ledger
evidence-change-settings = settings, people, roles
evidence-change-register = register
evidence-change-unchanged = no change
evidence-standing-approved = approved text
evidence-standing-draft = draft (never published)
evidence-standing-interim = on a branch only
evidence-standing-under-approved-version = not the approved text
evidence-standing-below-approved-version = not approved, number below an approved one
evidence-standing-unreadable = not readable as a document
evidence-standing-removed = removed
evidence-bypass-under-approved-version = text changed under an approved version
evidence-bypass-below-approved-version = unapproved text numbered below an approved version
evidence-bypass-unreadable = text that cannot be read as a document
evidence-bypass-finding = fault of an approval
evidence-exception-article = exception to an article
evidence-exception-waiver = waived finding
evidence-exception-provisional = provisional approval
evidence-exception-retroactive = retroactive
evidence-exception-self-approval = approval of one's own draft
evidence-overlap-drafter-approver = drafted and approved
evidence-overlap-checker-approver = checked and approved
evidence-overlap-drafter-checker = drafted and checked
evidence-overlap-recorder-approver = recorded and approved
evidence-overlap-committer-approver = committed and approved
evidence-overlap-author-approver = wrote and approved
evidence-signature-none = none
evidence-signature-ssh = SSH
evidence-signature-openpgp = GPG
evidence-signature-x509 = X.509
evidence-signature-unknown = of an unknown kind
evidence-verdict-good = good (the committer's key)
evidence-verdict-unknown-key = good, by a key that is not listed
evidence-verdict-other-principal = good, by somebody else's key
evidence-verdict-out-of-time = good, by a key out of its time
evidence-verdict-bad = bad or not readable
evidence-verdict-not-checked = there, not checked
evidence-verdict-absent = none

evidence-integrity-commits = number of commits
evidence-integrity-main-line = commits of the main line (first parents)
evidence-integrity-roots = first commits
evidence-integrity-signers-line = line of the signers file that is not used
evidence-integrity-rewritten = ledger entry was changed
evidence-integrity-vanished = ledger entry was removed
evidence-integrity-reordered = ledger entries were reordered
evidence-integrity-clock-back = dated before its parent
evidence-integrity-clock-ahead = dated after this was made
evidence-integrity-dated-after-recording = dated after the commit that recorded it
evidence-integrity-recorded-after-period = recorded after the period, dated within it
evidence-integrity-unnameable = file whose name is not UTF-8

evidence-claim-text = this text stands in history
evidence-claim-recorded = the record entered history
evidence-claim-in-force = in force
evidence-claim-not-in-force = nothing in force
evidence-claim-not-approved = no approval is recorded
evidence-claim-retired = retired
evidence-claim-approved-on = date of approval
evidence-claim-approved-by = who approved, in which capacity
evidence-claim-reviewed = dates of reviews
evidence-claim-decision = the decision itself
evidence-claim-done-on = when it was done
evidence-claim-done-by = who did it
evidence-claim-act = that it was done
evidence-claim-changed = this commit changed it
evidence-claim-unchanged = unchanged between the two commits
evidence-claim-period = that the two commits enclose the period
evidence-claim-when = when
evidence-claim-who = who
evidence-claim-looked-at = that somebody looked at it before
evidence-claim-bypass = it is not the approved text
evidence-claim-finding = what the records say
evidence-claim-allowed = who allowed it and why
evidence-claim-duties = people named in the ledger
evidence-claim-committer = who committed
evidence-claim-unsigned = it carries no signature
evidence-claim-signed = signed with this key
evidence-claim-signature-bad = the signature does not fit
evidence-claim-key-owner = whose key it is
evidence-claim-history = this history can be reached
evidence-claim-rewritten = the original record stands in history
evidence-claim-clock = the commit states this time
evidence-claim-unnameable = it stands in history

evidence-why-dates = dates are whatever was entered
evidence-why-names = names are whatever was entered
evidence-why-outside = it happened outside the repository
evidence-why-adopted = it rests on originals from before the repository
evidence-why-text-missing = no text in history has this digest
evidence-why-record-changed = the register has changed since
evidence-why-not-in-history = the record is not found on the main line
evidence-why-forge = what happens on a forge is not in history
evidence-why-clocks = dates of commits contradict their order
evidence-why-signers = by the file of allowed signers
evidence-why-signers-silent = the file of allowed signers does not tell
evidence-why-no-signers = no file of allowed signers
evidence-why-form-not-checked = signatures of this kind are not checked
evidence-signers-malformed = not of the form that is expected
evidence-signers-quotes = a quotation mark is not closed
evidence-signers-option = has an option that is not supported
evidence-signers-cert-authority = certificate authorities are not supported
evidence-signers-date = the moment of valid-after or valid-before cannot be read
evidence-signers-key = the key cannot be read

evidence-column-id = Id
evidence-column-number = Number
evidence-column-title = Title
evidence-column-tier = Tier
evidence-column-state = State
evidence-column-version = Version
evidence-column-approved-on = Approved on
evidence-column-effective = Effective
evidence-column-role = Capacity (role)
evidence-column-approver = Approver
evidence-column-provisional = Provisional
evidence-column-owner = Owner
evidence-column-classification = Classification
evidence-column-last-review = Last review
evidence-column-next-review = Next review
evidence-column-overdue = Overdue
evidence-column-pending = Pending
evidence-column-draft = Draft
evidence-column-digest = Digest
evidence-column-text-commit = Commit of the text
evidence-column-text-path = Path of the text
evidence-column-text-object = Object of the text
evidence-column-text-file = File of the text
evidence-column-recorded-commit = Commit of the record
evidence-column-recorded-on = Recorded on
evidence-column-document = Document
evidence-column-kind = Kind
evidence-column-body = Body
evidence-column-chair = Chair
evidence-column-office = Office
evidence-column-drafters = Drafted by
evidence-column-checked-by = Checked by
evidence-column-recorded-by = Recorded by
evidence-column-changes = Changes
evidence-column-reason = Reason
evidence-column-decision = Decision
evidence-column-pull-request = Pull request
evidence-column-against = Read against
evidence-column-ratify-by = Ratify by
evidence-column-retroactive = Retroactive
evidence-column-self-approval = Self-approval
evidence-column-adopted-from = Original
evidence-column-in-period = In the period
evidence-column-in-force = In force
evidence-column-days-to-record = Days to record
evidence-column-committer = Committer
evidence-column-on = On
evidence-column-person = Person
evidence-column-outcome = Outcome
evidence-column-to = To
evidence-column-means = Means
evidence-column-evidence = Evidence
evidence-column-path = Path
evidence-column-standing = Standing
evidence-column-approval = Approval
evidence-column-commit = Commit
evidence-column-summary = Summary
evidence-column-author = Author
evidence-column-authored-on = Authored on
evidence-column-committed-on = Committed on
evidence-column-arrived-with = Arrived with
evidence-column-arrived-on = Arrived on
evidence-column-trailers = Trailers
evidence-column-object = Object
evidence-column-before = Before
evidence-column-unchanged-from = Unchanged from
evidence-column-unchanged-to = Unchanged to
evidence-column-detail = Detail
evidence-column-rule = Rule
evidence-column-ended-with = Ended with
evidence-column-ended-on = Ended on
evidence-column-line = Line
evidence-column-last-review-then = Last review (then)
evidence-column-due-then = Due (then)
evidence-column-overdue-then = Overdue (then)
evidence-column-days-then = Days late (then)
evidence-column-last-review-now = Last review (now)
evidence-column-due-now = Due (now)
evidence-column-overdue-now = Overdue (now)
evidence-column-days-now = Days late (now)
evidence-column-subject = Subject
evidence-column-measure = Measure
evidence-column-plan = Plan
evidence-column-applicant = Applicant
evidence-column-expires = Expires
evidence-column-closed = Closed
evidence-column-open-then = Open then
evidence-column-expired-then = Expired then
evidence-column-open-now = Open now
evidence-column-text-author = Text written by
evidence-column-overlaps = Done by one person
evidence-column-allowed-by = Allowed because
evidence-column-form = Signature
evidence-column-verdict = Result
evidence-column-key = Key
evidence-column-principals = Addresses of the key
evidence-column-anomaly = Contradiction
evidence-column-other-commit = Other commit
evidence-column-table = Table
evidence-column-row = Row
evidence-column-claim = Claim
evidence-column-grade = Mark
evidence-column-grades = How far it is certain
evidence-column-record = Record
evidence-column-why = Why

evidence-files-list =
    index.html        the page to begin with (made to be printed)
    {"*"}.html            a page for each table
    texts/            documents in force: ID.md is the file as git holds it, ID.html a page to read
    csv/              the tables for spreadsheets (UTF-8)
    data/             the same tables as JSON; data/claims.json has the mark and the basis of every statement
    evidence.json     what this is of: commit, period, day, version
    allowed-signers   keys that may sign, where they were given
    SHA256SUMS        SHA-256 of every file; its own SHA-256 is the root hash
evidence-verify-how =
    1. With kitei
          kitei verify <this folder or the zip> --root <root hash that was kept>
       Inside the repository it makes the same again from commit { $commit },
       compares, and checks that this commit is still part of the current branch.
    2. Without kitei: that nothing was altered
       In this folder
          sha256sum -c { $manifest }
          sha256sum { $manifest }
       The first says OK for every file, the second gives the root hash that was kept (shasum -a 256 on macOS).
       Look for files that are not in the list yourself.
    3. Without kitei: what is marked "proved"
       In the handbook's folder of the repository, for the commit, path and object that are named
          git merge-base --is-ancestor { $commit } HEAD && echo still there
          git rev-parse <commit>:./<path>        gives the object that is named
          git hash-object --no-filters <this set>/texts/<ID>.md   gives text_object of documents
          git log --format=%H%x09%an%x09%cI -- <path>
       How digests are computed is told in kitei's docs/approved-copy.md.

## init

cli-init = Start a new handbook: settings, roles, people, glossary, first documents and a page of what to do next
cli-init-dir = Folder (the current one where absent); it is empty or a git repository
cli-init-level = Take the documents of a level from the example company's handbook, which is in Japanese: quick (against ransomware and leaks from inside), baseline (what most organisations need), comprehensive (everything). A small handbook of three documents where absent
cli-init-organisation = Name of the organisation (asked for where absent)
cli-init-timezone = Time zone in which today is meant, e.g. Europe/Berlin (where absent: Asia/Tokyo in Japanese, UTC in English)
cli-init-forge = For which forge to write the files that check, comment on the impact, record approvals and publish
cli-init-example = Write the handbook of the example company (例示データサービス株式会社) as a git repository with three years of history
cli-init-as-of = The day on which it is begun; appointments and supplementary provisions start with it (today where absent)
ask-organisation = Name of the organisation
init-inside = { $path } already holds a handbook; add documents with kitei new
init-completed = An interrupted run was completed: { $path } holds the handbook. Run kitei check
init-no-zone = there is no time zone "{ $zone }"; write it like Europe/Berlin
init-bad-organisation = the name of the organisation is one line of at most 100 characters
init-done = Started a handbook in { $path } ({ $count } files)
init-kept = { $path } was there and stays; add the line /public to it if it is missing (where kitei build writes)
init-kept-attributes = { $path } was there and stays; add the line * text=auto eol=lf to it if it is missing (so that files have the same bytes on every system)
init-left-out = { $count } documents of the example were left out, and { $references } references to them became plain text; LEFT-OUT.md lists both
init-organisation-of-folder = No --organisation was given: the folder's name, { $name }, stands for it. Change organisation in kitei.toml where that is wrong.
init-no-forge = This is not the top folder of a git repository, so nothing was written for GitHub and GitLab
init-example-inside = { $path } lies inside a git repository; give an empty folder outside of one for the example company
init-example-broken = the example company's history cannot be told (a fault of this program): { $reason }
init-example-done = Wrote the handbook of the example company to { $path } ({ $files } files, { $commits } commits)
init-example-next = In that folder, try kitei log (what changed), kitei list --as-of 2025-08-10 (the state on a day), kitei serve (read it in a browser), git log --graph (the history)
init-next = git keeps for ever what is committed: write no personal data that must be deleted one day. What to do next is in { $page }; kitei help guide is the guide, kitei help format every key

## init: what is written for forges

forge-install-what = Puts kitei onto the machine that runs a job; does nothing where it is there already.
forge-install-how = Set one of these pairs as variables of the forge; the values are your own decision.
forge-install-source = address of kitei's repository and the tag or the commit to use (built with cargo, which takes minutes)
forge-install-binary = https address of kitei-VERSION-TARGET.tar.gz of a release, or of the program, and its SHA-256
forge-install-header = with the first pair, where the address asks who you are: a line such as PRIVATE-TOKEN: …, as a secret
forge-install-missing = There is nothing to get kitei from: set the variables KITEI_SOURCE and KITEI_VERSION, or KITEI_BINARY_URL and KITEI_BINARY_SHA256 (.ci/install-kitei)
forge-check-name = Check the handbook
forge-check-what = Checks the result of the merge, shows findings at the changed lines, and reports the impact.
forge-check-trust = Runs with a token that can only read. The comment is written by another job.
forge-where-to-set = Set under Settings > Secrets and variables > Actions > Variables (see .ci/install-kitei).
forge-full-depth = Approved wordings are found in history, so all of it is fetched.
forge-impact-base = The first parent of the merge result is what it is merged into.
forge-comment-name = Comment on the impact
forge-comment-what = Posts the report that the check has made as a comment.
forge-comment-trust = It may write, so it checks nothing out and hands the report on as mere text.
forge-comment-number = Which change it is comes from the commit, not from what the report says.
forge-comment-limit = Comments have a greatest length.
forge-approve-name = Record an approval
forge-approve-what = Writes an approval into the ledger and commits it on the chosen branch.
forge-approve-how = Choose this name on the Actions page, then Run workflow, the branch with the draft, and fill in the form.
forge-approve-token = A commit written with the standard token starts no check by itself. To have one started, set a token that may write as the secret HANDBOOK_TOKEN.
forge-inputs-by-env = What was typed is passed as environment variables and never becomes part of a command.
forge-input-ids = Document ids, separated by blanks, such as P-01 C-5.12
forge-input-on = Day of the approval, such as 2026-04-01
forge-input-effective = Day from which it is in force, such as 2026-04-01
forge-input-approver = Id of the approver; empty where a board or committee approved
forge-input-chair = Id of the chair, where a board or committee approved
forge-input-drafters = Ids of the drafters, separated by commas
forge-input-checked = Ids of those who checked it
forge-input-recorded = Id of the person who records it
forge-input-changes = What changed
forge-input-decision = Minutes or number of the decision
forge-commit-message = Record the approval of
forge-publish-name = Publish the handbook
forge-publish-what = Builds the handbook of what is in force on every merge and every day.
forge-publish-pages = The result is kept as a file to download. To put it on GitHub Pages, set the variable HANDBOOK_PAGES to true once you know who can see it: on most plans Pages are visible to everybody, also those of a private repository.
forge-publish-cron = { $local } in { $timezone }; only UTC can be written here. It may be late when the forge is busy.
forge-gitlab-what = Checks, comments on the impact, records approvals, publishes.
forge-gitlab-schedule = Register the daily build under Build > Pipeline schedules: interval 5 0 * * *, time zone { $timezone }.
forge-where-to-set-gitlab = Set where kitei comes from under Settings > CI/CD > Variables (see .ci/install-kitei).
forge-publish-pages-gitlab = To put it on GitLab Pages, set the variable HANDBOOK_PAGES to true once you know who can see it.
forge-gitlab-form = To record an approval: Build > Pipelines > Run pipeline, choose the branch with the draft, fill in these.
forge-gitlab-merge = The result of the merge is made here and checked.
forge-gitlab-comment-trust = Runs only where the variable HANDBOOK_COMMENT_TOKEN (scope api) is set. Whoever may push a branch can read it: use a token for comments alone.
forge-gitlab-approve-token = Needs the variable HANDBOOK_PUSH_TOKEN (scope write_repository).

## new

cli-new = Create a document with the next id and its tier's sections, or a row of a register with the next id
cli-new-what = What: policy, control, procedure, or the name of a register, such as assets
cli-new-title = Title of the document
cli-new-owner = Role id of the owner
cli-new-implements = Id of a document it implements (repeatable)
cli-new-annex-a = Annex A control (repeatable); a control standard takes the first as its id
cli-new-file = File name (absent: of a document made from the id, of a register its only file or that of the newest period)
cli-new-kind = Kind of row of the register (the first where absent)
cli-new-as-of = Day that says the year of ids and periods (today where absent)
new-unknown = “{ $what }” is neither a tier nor a register: write policy, control, procedure, or one of { $known }
new-without-title = a document needs its title
new-bad-row-file = “{ $file }” cannot be used: a name that ends in .toml, without folders
new-which-file = choose the file for the row with --file: { $files }
new-row-required = {" "}(required)
new-row-field = { $field }{ $needed }
ask-owner = Owner (role id)
new-no-control = there is no control “{ $number }” in Annex A
new-no-id = cannot tell the next id of { $tier }; look at prefix in kitei.toml
new-taken = { $id } is taken; an id is never used twice
new-bad-file = “{ $file }” will not do; give a name without folders that ends with .md
new-section = State here what holds.
new-section-polite = State here what holds.
site-effective-short = effective
site-revised-on = Revised on

## import

cli-import = Take in regulations that exist already
cli-documents = Turn regulations in Markdown (Word files: through pandoc) into documents whose articles have names; what could not be decided is told with its line
cli-documents-files = Files to import (Markdown, UTF-8)
cli-documents-tier = Tier: policy, control or procedure
cli-documents-owner = Id of the role that owns documents which name no owner
cli-documents-dates = What 改訂日 in the tables of versions means: effective, approved, or both on the same day
cli-documents-out = Folder to write to (default: the handbook); where a file of that name exists, nothing is written
import-is-document = its first line is +++, so it is a document of kitei already; only text from elsewhere is imported
import-heading-line = becomes { $id } “{ $title }”
import-undecided = { $count ->
    [one] 1 thing to decide
   *[other] { $count } things to decide
} (not taken in, or wrong as it stands)
import-noted = { $count ->
    [one] 1 thing to look at
   *[other] { $count } things to look at
} (taken in)
import-next = next: settle the things to decide, run kitei check, fill the empty cells of { $table } and run kitei approve --adopt --csv { $table } (it can be deleted afterwards)
import-contents = the table of contents is left out
import-contents-help = The handbook makes one from the headings. There is nothing to do.
import-left-out = “{ $text }” is left out
import-left-out-help = It belongs to the layout of the page, not to the text. Add it to the document where it is needed.
import-approver-help = Approvers are set by tier in kitei.toml, approvals in the ledger. Write approver into the document where it has one of its own.
import-heading = “{ $text }” is a heading without a number
import-heading-help = It was taken in as a heading; paragraphs below it do not count as 項. For an article write ### and delete .plain from {"{"}#…{"}"}; where it is no heading, delete the #.
import-no-caption = { $written } has no caption
import-no-caption-help = It was taken in as an article without a caption. To add one, write it behind ### (the text changes, so raise the version).
import-deleted-range = “{ $written }” became { $count } deleted articles
import-deleted-range-help = Each stands as 削除, so that later articles keep their numbers. There is nothing to do.
import-number = it is unclear what the number “{ $written }” counts
import-number-help = No “1” stands before it, or it stands out of order. It was taken in as text, number included. Make it an entry “1. ” of a list (号), or delete the number and part it by blank lines (項).
import-number-differs = { $written } of the source will be shown as { $shown }
import-number-differs-help = The source's numbers skip or repeat. Where an article is missing, “### 削除 {"{"}#… .deleted{"}"}” in its place makes them agree. Where the source is wrong, look for texts that cite its number.
import-count-differs-help = The source's numbers skip or repeat. Paragraphs and items are counted in order, so the number cannot stay. Where the source is wrong, leave it; where something is missing, add it.
import-numbers-differ = { $written } to { $last } of the source will be shown with numbers from { $shown }
import-paragraph = paragraph { $number }
import-item = item { $number }
import-first-number = the first paragraph has a number; the handbook shows none there
import-first-number-help = The number was taken off. Numbers begin with the second paragraph. There is nothing to do.
import-mark = the number “{ $written }” will be shown in the form “{ $shown }”
import-mark-help = The order is the same. Where the text cites such an item by its letter, change the letter.
import-joined = a paragraph without a number was joined to the one before
import-joined-help = The source gives it no number, so it is a line of the same 項 (a \ ends the line before). Where it is a 項 of its own, delete the \ and put a blank line there (it gets a number). The same goes for others in this article.
import-unnumbered = a paragraph without a number will get one
import-unnumbered-help = Behind items, a table or a picture a paragraph begins a new 項. Where it belongs to the item before, put three blanks before it. Where it is a picture's caption, “> ” before it keeps it from being counted. Where a new 項 is right, leave it.
import-no-articles = there are no articles of the form 第1条
import-no-articles-help = It was taken in with its headings, as a document without articles (numbering = "plain").
import-no-title = the title is unknown; the file's name “{ $title }” stands in its place
import-no-title-help = Correct title in the document.
import-no-version = the version is unknown
import-no-version-help = Write the present version at the top of the document, e.g. version = "1.0".
import-no-owner = the owning role is unknown
import-no-owner-help = Write owner = "role id" at the top of the document, or import again with --owner. Role ids are in records/roles.toml.
import-owner = no role has the name “{ $written }”
import-owner-help = Add a role of this name to records/roles.toml, or write the id of the right role into owner of the document.
import-classification = there is no label “{ $written }”
import-classification-help = Add a [[classification]] of this name to kitei.toml, or write the id of the right one into the document. Without it the tier's label applies.
import-fact = it is unclear what “{ $text }” means; it was not taken in
import-fact-help = It is a value of the table at the top. Add it to the document where it is needed.
import-version-differs = the document says version { $stated }, its newest row { $newest }
import-version-differs-help = The row's version was taken. Write the right one into version of the document, and into adoption.csv.
import-change-date = the table of versions has no change of { $date }
import-change-date-help = Which version it belongs to is unknown, so it is recorded nowhere. Where you know, add a [[history]] to the ledger (records/ledger).
import-history-version = it is unclear which version “{ $written }” is
import-history-version-help = Versions are read as “1.0” or 第2版. This row is not in the ledger. Correct the source and import again, or add a [[history]] to the ledger.
import-history-twice = version { $version } stands in the table twice
import-history-twice-help = The later row is not in the ledger. Correct the source and import again.
import-history-date = “{ $written }” is no date
import-history-date-help = Only whole dates are read (e.g. 2019/4/1, 平成31年4月1日). This date is recorded nowhere. Correct the source and import again.
import-history-day = whether { $date } is the approval or the effective date of version { $version } is unknown
import-history-day-help = No 附則 says that the text took effect on this day. Where you know, import again with --dates effective, approved or both. Versions without an effective date are not in the ledger.
import-history-cell = the ledger has no place for “{ $text }”
import-history-cell-help = It is not in the ledger. Keep the source where it has to be kept.
import-names = names in the table of versions are not in the ledger ({ $names })
import-names-help = Of earlier versions the ledger holds version, dates and changes only (those of the newest are in adoption.csv). Keep the source where names have to be kept.
import-names-body-help = A body approves this tier, so the approver's cell is empty. To keep the chair's name use --chair when you record the approval.
import-person = nobody in people.toml has the name “{ $name }”
import-person-help = Add the person to records/people.toml and import again, or write the person's id into adoption.csv.
import-merged = this table has merged cells
import-merged-help = Markdown has none. Every word is there, but columns have moved; compare with the source and correct them.
import-figure-title = the title of a figure becomes a quotation, which gets no number
import-figure-title-help = It says what describes the picture before it. Should it be a paragraph of its own, take “> ” away.
import-picture = a picture is written in a way that is not understood
import-picture-help = Write “![description](file)” and put the picture's file beside the document.
import-picture-copied = the picture “{ $written }” is copied to { $file } in the document's folder
import-picture-copied-help = Commit it with the document. There is nothing else to do.
import-picture-bytes = (a picture, { $bytes } bytes, from { $source })
import-picture-attributes = { $count ->
    [one] what was said of a picture's size and the like ({ $written }) is taken off
   *[other] what was said of { $count } pictures' sizes and the like (such as { $written }) is taken off
}
import-picture-attributes-help = The handbook shows pictures as wide as screen or paper allow. There is nothing to do.
import-picture-missing = there is no picture “{ $written }”
import-picture-missing-help = It is not where the source says, seen from there. Take pictures out of a Word file by pandoc --extract-media and import again. Afterwards, put the file beside the document and make the link agree.
import-picture-outside = the picture “{ $written }” lies outside the source's folder and is not copied
import-picture-outside-help = Put it into that folder or below it, write its path from there (not beginning with “/”), and import again.
import-picture-address = the picture “{ $written }” is an address, not a file, and is not copied
import-picture-address-help = Save it as a file beside the source, make the link agree, and import again.
import-picture-link = the picture “{ $written }” is a symbolic link, or lies behind one, and is not copied
import-picture-link-help = Put the file itself beside the source and import again.
import-picture-kind = browsers do not show pictures of the kind of “{ $written }”
import-picture-kind-help = Open EMF, WMF and the like in Word or where they were drawn, save them as PNG or SVG, make the link agree, and import again.
import-picture-no-drawing = the picture “{ $written }” cannot be read as a drawing and is not copied: { $fault }
import-picture-no-drawing-help = Save it as PNG, or as SVG again, make the link agree, and import again.
drawing-encoding = line { $line }, column { $column }: not in UTF-8
drawing-xml = line { $line }, column { $column }: not well-formed XML ({ $detail })
drawing-none = line { $line }, column { $column }: the root element is not an SVG drawing
drawing-embedded = line { $line }, column { $column }: it shows a picture inside itself that is not PNG, JPEG, GIF or WebP ({ $address })
copy-form = the front matter cannot be read as a whole
copy-form-help = Correct what the other findings about the front matter say; what cannot be read cannot be approved.
copy-not-nfc = text that is not in Unicode normalization form C
copy-not-nfc-help = Type the character again, or run “kitei check --fix”: two ways to write one character must not be two texts.
copy-character = a character that readers do not see or that turns the text's direction ({ $code })
copy-character-help = Delete it. What is approved is what readers see.
copy-blank-at-end = the line ends in { $code }, which Markdown does not count as a blank
copy-looks-empty = the line looks empty, but Markdown does not read it as an empty line
copy-blank-help = Delete everything behind the last visible character, so that the line means what it looks like.
copy-target-missing = nothing is at “{ $target }”
copy-target-unsafe = “{ $target }” is not an address that is safe to follow
copy-target-malformed = “{ $target }” is not a reference
copy-target-help = Correct the target: an approved text holds only references that mean something.
copy-file-unreadable = cannot read “{ $path }”: { $reason }
copy-file-unreadable-help = Files that a text shows or links to are approved with it.
copy-drawing = “{ $path }” cannot be read as a drawing: { $fault }
copy-drawing-help = Save the drawing again as SVG or PNG.
copy-hidden = readers of the page do not see “{ $words }”
copy-hidden-help = Delete it or write it as text: titles of links, cells beyond a table's head, unused link definitions, further words behind a code fence and unknown attributes are not shown.
copy-comment = a comment or declaration, which a forge hides and a page shows
copy-comment-help = Delete it; notes to other authors belong in the pull request.
copy-conflict = a mark of a merge conflict was left here
copy-conflict-help = Decide which wording holds, and remove the lines with the marks.
copy-unfinished = “{ $words }”, which was to be replaced, is still here
copy-unfinished-help = Replace it by what your organisation decides.
copy-reads-otherwise = this place would read otherwise in the approved copy
copy-reads-otherwise-help = Delete blanks at the ends of these lines, also inside code, and write the link or list in the simplest form.
copy-not-canonical = the approved copy is not as kitei writes it from here on
copy-not-canonical-help = An approved copy is never edited. Restore it from the commit that brought it.
import-picture-unreadable = cannot read the picture “{ $written }”: { $reason }
import-picture-unreadable-help = Look at the file and import again.
beside-no-file = it is no file
beside-too-large = it is larger than { $limit } MiB
import-html = some HTML is left
import-html-help = The handbook shows it as typed. Write Markdown instead, or delete it.
import-citation-appendix = this document has no heading “{ $written }”
import-citation-appendix-help = It is in another file or has another name. It was taken in as text. Once it is there, [別表1](#table-1) leads to it.
import-citation-open = “{ $written }” stays text
import-citation-open-help = It points at what was cited before, or at several things at once, and cannot be a reference. When articles are added or moved, see that it still points at the right ones.
import-citation-law = “{ $written }” may belong to the law that stands before it and stays text
import-citation-law-help = Where it is an article of this document, write a reference [[#…]]. Where it is one of the law, there is nothing to do.
import-citation-unknown = “{ $written }” is cited, but there is no such document
import-citation-unknown-help = Import it too, or first. Where its title is shortened, write [[ID#…]] afterwards. Where it is from outside, leave it.
import-citation-nowhere = “{ $written }” is not in “{ $title }”
import-citation-nowhere-help = The number is out of date or wrong. It was taken in as text. Find the right article and write a reference [[#…]].
import-citation-relative = “{ $written }” became the reference { $reference }
import-citation-relative-help = The handbook shows the number of what it points at, and goes on doing so when articles move.
import-citation-fixed = “{ $written }” became the reference { $reference }, its words as they were
import-citation-fixed-help = Brackets such as （以下「…」という。） stand behind the document's name. When that article moves, correct the words too.
import-citation-shown = “{ $written }” became the reference { $reference } (with the number that the handbook shows)
import-citation-shown-help = The number of what it points at differs from the source. Once that is settled, this number agrees again.
import-citation-first = the article of “{ $written }” has one paragraph only
import-citation-first-help = The handbook leaves out 第1項 there.

## soa

cli-soa = Print the statement of applicability as a table
cli-soa-out = File to write to (default: standard output)
soa-applies = applicable
soa-approved = version { $version } (approved { $approved }, in force from { $effective }, by { $by }), as of { $date }
soa-by = { $role }, { $person }
soa-changed = changed since version { $version } (approved { $approved }, in force from { $effective }, by { $by }): the table is not what was approved; as of { $date }
soa-column-justification = Justification
soa-column-number = Number
soa-column-stated-in = Stated in
soa-column-title = Control
soa-joint = {", "}
soa-not-approved = no approval of the statement is recorded; as of { $date }
soa-sections = {" "}({ $sections })
