# kitei: 画面とメッセージの日本語。en.ftl と同じキーを持つ。

language-name = 日本語

## basis

basis-clause = ISO/IEC 27001:2022 箇条 { $number }
basis-annex = ISO/IEC 27001:2022 附属書A { $number }
basis-own-rule = 組織自身の規則
basis-format = ファイルの書式

## emit

emit-error = エラー
emit-warning = 警告
emit-note = 情報
emit-basis = 根拠
emit-basis-line = 根拠: { $text }
emit-help = 対処
emit-help-line = 対処: { $text }
emit-summary = エラー { $errors }件、警告 { $warnings }件（文書 { $documents }件を検査、{ $date } 時点）

## rules (by name)

broken-link = リンク先のファイル「{ $path }」がありません
broken-link-help = パスを確かめてください。文書へのリンクは [[文書番号]] と書くと、ファイルを移しても切れません。
broken-link-outside = リンク先がリポジトリの外を指しています
broken-link-outside-help = リポジトリの中のファイルを指すように直してください。外の資料は https: で始まるアドレスで書きます。

### rules B

history-none = git の履歴がありません
history-shallow = 浅いクローンのため、git の履歴が途中までしかありません
history-partial = 部分クローンのため、git の履歴の中身が一部しかありません
history-unreadable = git の履歴を読み取れません
review-overdue = { $id } の見直しの期限 { $due } を過ぎています（前回は { $last }）
review-overdue-help = 文書を読み直し、結果を `kitei review { $id }` で記録してください。{ $path } に [[review]] を書き足しても同じです。
suspect-link = { $above } が { $version } 版に変わった後、{ $id } が読み直されていません（{ $read } 版までは確認済み）
suspect-link-newer = { $version } 版の施行日
suspect-link-help = { $above } の変更点を読み、{ $id } も直す必要があるかを確かめて、`kitei review { $id }` で記録してください。台帳に手で書くときは { $against } を添えます。
review-due-soon = { $id } の見直しの期限は { $due } です
unapproved-change = 承認された { $version } 版の文面が、版を上げずに変えられています
unapproved-change-approval = { $date } の承認は別の文面に対するもの
unapproved-change-help = 変更するときは version を "{ $minor }"（字句の修正）か "{ $major }"（内容の変更）に上げて、承認を受けてください。変更しないときは、承認された文面に戻してください。
version-not-increased = { $version } 版は、最も新しい承認の { $newest } 版より古い番号です
version-not-increased-taken = { $version } 版は、既に別の文面で承認された古い番号です（最も新しい承認は { $newest } 版）
version-not-increased-approval = 最も新しい承認
version-not-increased-help = 変更するときは version を "{ $minor }"（字句の修正）か "{ $major }"（内容の変更）に上げて、承認を受けてください。変更しないときは、{ $newest } 版の文面に戻してください。
approved-text-missing = 承認された { $version } 版の文面が見つかりません
approved-text-missing-help = 承認された文面の文書ファイルをコミットしてください。digest の写し誤りのときは、取り込む前なら台帳の記載を直し、取り込んだ後なら version を上げて承認を受け直します。
approved-text-missing-help-incomplete = 履歴が足りないかもしれません（{ $why }）。履歴がすべてそろったリポジトリで、もう一度確かめてください。それでも見つからないときは、承認された文面の文書ファイルをコミットしてください。
approver-lacks-role = { $person }は { $date } に「{ $role }」に就いていません
approver-lacks-role-term = この役割への任命
approver-lacks-role-help = 承認者と役割を確かめてください。任命の記録が抜けているときは、{ $path } のその人の roles に期間を書き足します。権限のない人の承認だったときは、権限のある人の承認を受け直します。
approver-lacks-role-nobody = 「{ $role }」の誰が承認したかが書かれていません
approver-lacks-role-nobody-help = approver = "承認した人のID" を書き足してください。会議体の承認なら、役割の定義に body = true を書きます。
approver-lacks-role-chair = 議長「{ $person }」が { $path } にありません
approver-lacks-role-chair-help = IDを確かめてください。まだ登録していない人のときは { $path } に書き足します。
self-approval = 起案者の{ $person }が、自分の起案を承認しています
self-approval-drafter = 起案者の記録
self-approval-help = 起案していない権限者の承認を受け直してください。規程で例外を認めているときは、その根拠と監視する部門を self_approval に書きます。
never-approved = { $id } は、まだ一度も承認されていません（草案）
never-approved-help = 草案のまま取り込んでも構いませんが、公開はされません。承認を受けたら `kitei approve { $id }` で記録してください。
duplicate-version = { $version } 版が、異なる文面で二度承認されています
duplicate-version-first = { $date } の承認
duplicate-version-help = 一つの版は一つの文面だけを指します。後の文面は、文書の version を上げて承認を受け直してください。
wrong-approver-rank = { $id } の { $version } 版の承認者は「{ $needed }」ですが、「{ $role }」が承認しています
wrong-approver-rank-set = 承認者の定め
wrong-approver-rank-help = 「{ $needed }」の承認を受けて、台帳に書き足してください。承認者の定めのほうが実態と違うときは、その定めを直します。
overtaken-approval = 先に承認された { $earlier } 版が { $date } に施行され、後から承認された { $version } 版に取って代わります
overtaken-approval-earlier = 先に承認された版の施行日
overtaken-approval-help = { $date } 以降も施行する文面を決め、{ $date } を施行日とする承認を受け直して、台帳の末尾に書き足してください。
overtaken-approval-retired = 廃止より前に承認された { $version } 版が { $date } に施行され、廃止した文書が復活します
overtaken-approval-retirement = 後から決めた廃止
overtaken-approval-retired-help = 復活させないときは、{ $date } を廃止日とする [[retirement]] を書き足してください。復活させるときは、承認を受け直して書き足します。
effective-before-approval = 施行日 { $effective } が承認日 { $approved } より前です
effective-before-approval-approved = 承認日
effective-before-approval-help = 日付を確かめてください。さかのぼって施行するときは、その理由を retroactive に書きます。
ledger-for-unknown-document = 台帳「{ $name }」に当たる文書がありません
ledger-for-unknown-document-help = ファイル名を文書のIDに合わせてください。文書を削除したときは元に戻し、`kitei retire { $name }` で廃止を記録してから削除します。
ledger-for-unknown-document-twice = 文書「{ $name }」の台帳がもう一つあります
ledger-for-unknown-document-twin = もう一つの台帳
ledger-for-unknown-document-twice-help = 一つのファイルにまとめてください。IDの大文字と小文字は区別しません。
## publish

publish-bad-path = 「{ $path }」は公開するファイルのパスとして使えません
publish-path-taken = 「{ $path }」と「{ $other }」は、大文字と小文字を区別しない環境では同じファイル又はフォルダーになります
publish-no-record = ビルド結果に build.json がなく、次回のビルドが自分の出力先だと見分けられません
publish-above-root = { $path } はリポジトリそのもの、又はその上位フォルダーです。ビルドはフォルダー全体を置き換えるため、--out で別のフォルダーを指定してください
publish-not-a-folder = { $path } はファイル若しくはリンクであるか、パスとして使えません。--out でフォルダーを指定してください
publish-foreign = { $path } は空でも以前のビルド結果でもありません。ビルドはフォルダー全体を置き換えるため、空にするか、--out で別のフォルダーを指定してください
publish-holds-repository = { $path } には git リポジトリがあり、ビルドすると失われます。別のフォルダーにビルドし、結果をコピーしてください
publish-busy = 別の処理が { $path } に書込み中です。終わってからもう一度実行してください
publish-changed = { $path } はその間に変更されたため、書き込みませんでした。もう一度実行してください
publish-exists = { $path } は既にあるため、書き込みませんでした
publish-not-a-file = { $path } はファイルではなくリンク又はフォルダーのため、書き込みませんでした
publish-cannot-read = { $path } を読めません: { $error }
publish-cannot-write = { $path } に書き込めません: { $error }
publish-cannot-replace = { $path } を新しい内容に置き換えられません。以前の内容が残っています: { $error }
publish-mount-point = { $path } は使用中か、別のディスクが割り当てられているため、一度に置き換えられません。--out でその下のフォルダーを指定してください ({ $error })

## cli

failure = エラー: { $reason }
no-handbook = { $folder } とその上のフォルダーに kitei.toml がありません。ハンドブックのフォルダーで実行するか、--root で指定してください
config-unreadable = kitei.toml を読めません: { $reason }
rev-needs-git = --rev は git リポジトリの中でだけ使えます
path-outside = 「{ $path }」はハンドブックの外にあります
output-failed = 結果を出力できません: { $reason }
interrupted = 入力が中断されました。何も書き込んでいません
severity-error = エラー
severity-warning = 警告
severity-note = 注記
severity-allow = 検査しない
no-such-rule = 「{ $name }」という規則はありません。「{ $nearest }」のことでしょうか。一覧は kitei explain で見られます
explain-head = { $code } { $name }（既定: { $level }、根拠: { $basis }）
check-fixed = { $files } 個のファイルで { $edits } か所を直しました

state-in-force = 施行中
state-pending = 施行前
state-draft = 未承認
state-retired = 廃止

list-id = 文書ID
list-title = 題名
list-version = 版
list-state = 状態
list-effective = 施行日
list-next-review = 次回見直し
list-owner = 主管
list-note = 備考
list-draft = 改訂案 { $version }
list-pending = { $version } は { $date } 施行
list-overdue = 見直し期限切れ
list-suspect = 上位文書の改訂を未確認

ask-approved-on = 承認日
ask-effective = 施行日
ask-role = 承認する役割（ID）
ask-approver = 承認者（人のID）
ask-reviewed-on = 見直した日
ask-reviewer = 見直した人（ID）
ask-outcome = 見直しの結果
ask-write = この内容を台帳に書き込みますか
flag-needed = { $flag } を指定してください（端末で実行すると対話で入力できます）
ledger-written = { $path } に書き込みました
no-such-document = 「{ $id }」という文書はありません
no-such-person = 「{ $person }」は people.toml にありません
approve-unknown-role = 「{ $role }」という役割は roles.toml にありません
approve-has-faults = { $id } には書式の誤りがあります。kitei check で確かめて直してから承認を記録してください
approve-already = { $id } の { $version } 版は、この文面で既に承認されています
approve-other-text = { $id } の { $version } 版は、別の文面で既に承認されています。文面を変えたときは version を上げてください
approve-version-lower = { $id } には、より新しい { $version } 版の承認があります。version を上げてください
approve-before-decision = 施行日 { $effective } が承認日 { $approved } より前です。さかのぼって施行するときは --retroactive に理由を書いてください
approve-wrong-rank = { $id } を承認するのは「{ $needed }」です。「{ $role }」では承認できません
approve-not-in-office = { $person } は { $date } に「{ $role }」に就いていません
approve-own-draft = { $person } は起案者です。起案者が承認するときは、例外を認めた根拠と監視する部門を --self-approval に書いてください
review-nothing-in-force = { $id } には { $date } に施行中の版がありません

build-drafts-left-out = { $count } 件の文書は施行中の版がないため載せていません: { $ids }
build-newer-drafts = { $count } 件の改訂案は承認前のため、施行中の版を載せています: { $ids }
build-text-missing = 施行中の文面が作業ツリーにも履歴にも見つからないため、公開できません: { $ids }
build-done = { $path } に { $documents } 件の文書（{ $pages } ファイル）を書き出しました（{ $date } 時点、{ $millis } ミリ秒）
build-has-errors = kitei check で { $errors } 件のエラーがあります。公開する文面は承認済みのものなので、ビルドは続けます
progress-history = 履歴を読んでいます
serve-checked = { $documents } 件の文書を検査: エラー { $errors } 件、警告 { $warnings } 件（{ $millis } ミリ秒）

cli-values = （{ $values }）
cli-default = （既定: { $value }）
cli-heading-usage = 使い方
cli-heading-commands = コマンド
cli-heading-arguments = 引数
cli-heading-options = オプション
cli-kitei = ISMS文書をテキストのまま git で管理し、承認され施行中の文面だけをハンドブックにします
cli-kitei-after = はじめに: kitei serve で手元のハンドブックを開き、kitei check で文書を検査します。
    終了コード: 0 = エラーなし、1 = エラーあり、2 = 実行できない。
cli-check = 文書・参照・承認・期日を検査する
cli-explain = 検査の規則を説明する（名前を省くと一覧）
cli-build = 施行中の文面からハンドブックのサイトを作る
cli-serve = 作業中の文書を手元のブラウザーで見る（保存すると再読込み）
cli-list = 文書の一覧を状態と期日つきで出す
cli-approve = 承認を台帳に記録する
cli-review = 見直しを台帳に記録する
cli-completions = シェルの補完スクリプトを出す
cli-man = マニュアルページを出す
cli-arg-root = ハンドブックのフォルダー（省略時は今いるフォルダーから上に向かって探す）
cli-arg-lang = 表示の言語（ja 又は en）
cli-arg-quiet = 進み具合を表示しない
cli-arg-color = 色を付けるか
cli-arg-help = この説明を表示する
cli-arg-version = バージョンを表示する
cli-arg-format = 出力の形式
cli-arg-as-of = この日付の時点で判断する（例: 2026-04-01。省略時は今日）
cli-arg-rev = この時点の git のリビジョンから読む
cli-check-fix = 機械的に直せる誤りを直す
cli-check-strict = 警告があっても終了コードを 1 にする
cli-check-paths = 結果をこのファイル又はフォルダーに絞る
cli-explain-rule = 規則のコード又は名前（例: REF001、broken-link）
cli-build-out = 出力先のフォルダー
cli-build-drafts = 承認前の文面を、その印を付けて載せる（確認用。公開しないこと）
cli-serve-port = 待ち受けるポート番号
cli-serve-open = ブラウザーを開く
cli-approve-ids = 承認する文書のID（複数可）
cli-approve-on = 承認日
cli-approve-effective = 施行日
cli-approve-role = 承認した役割のID（省略時は文書の承認者）
cli-approve-approver = 承認した人のID（会議体が承認したときは不要）
cli-approve-chair = 会議体の議長のID
cli-approve-drafters = 起案した人のID（繰り返し可）
cli-approve-checked-by = 審査した人のID（繰り返し可）
cli-approve-recorded-by = この記録を書く人のID
cli-approve-changes = 改訂内容
cli-approve-reason = 改訂の理由
cli-approve-decision = 議事録などの決定の参照
cli-approve-pull-request = プルリクエストのアドレス
cli-approve-retroactive = 承認日より前に施行する理由
cli-approve-self-approval = 起案者が承認する例外の根拠と、監視する部門
cli-arg-dry-run = 書き込まずに内容だけを表示する
cli-arg-yes = 確認せずに書き込む
cli-review-ids = 見直した文書のID（複数可）
cli-review-on = 見直した日
cli-review-reviewer = 見直した人のID
cli-review-outcome = 結果: no-change（変更なし）、revise（改訂する）、retire（廃止する）
cli-review-reason = 理由
cli-completions-shell = シェルの種類
cli-man-out = コマンドごとのページを書き込むフォルダー
## history

history-not-trusted = リポジトリ { $path } は別の利用者のものです。信頼できる場合は次のコマンドで許可してください: git config --global --add safe.directory { $path }
history-sha256 = リポジトリ { $path } はオブジェクト名に SHA-256 を使っています。読めるのは SHA-1 のリポジトリだけです
history-open = { $path } のリポジトリを開けません: { $reason }
history-unknown-revision = { $revision } というコミットはありません
history-not-in-history = コミット { $commit } はこの履歴に含まれていません
history-missing = オブジェクト { $object } がこのリポジトリにありません。浅いクローンや部分クローンには履歴が欠けています。次のコマンドで取得してください: git fetch --unshallow
history-corrupt = オブジェクト { $object } が壊れているか、読み取れません: { $reason }

## serve

serve-listening = プレビュー: { $url } (Ctrl-C で終了)
serve-rebuilt = { $milliseconds } ミリ秒でビルドし直しました
serve-rebuilt-with-errors = { $milliseconds } ミリ秒でビルドし直しました。エラーが { $errors } 件あります
serve-kept = エラーが { $errors } 件あり、ビルドできません。直前の正常な内容を表示し続けます
serve-panicked = kitei 自体の不具合でビルドが止まりました。端末に表示された箇所を報告してください。
serve-cannot-watch = { $path } の変更を検知できません。編集後は再起動してください: { $error }
serve-port-taken = ポート { $port } は別のプログラムが使用中です。--port で別の番号を指定してください
serve-not-loopback = { $address } は他の機器からも接続できます。プレビューには草案も表示されるため、127.0.0.1 を使ってください
serve-cannot-listen = プレビューを開始できません: { $error }
serve-no-site = 表示できる内容がまだありません。ビルドできると自動的に読み込み直します。
serve-not-found = ページが見つかりません。
serve-banner-label = 検出事項
serve-banner-warnings = 直前のビルドの検出事項
serve-banner-errors = 直前のビルドでエラーが { $errors } 件見つかりました
serve-banner-stale = 最新の内容ではありません。エラーが { $errors } 件あり、ビルドできませんでした
### rules A

broken-anchor = 「{ $title }」に見出し「#{ $anchor }」はありません
broken-anchor-help = リンク先の文書で、見出しの行の { "{#…}" } に書かれたIDを確かめてください。
broken-anchor-help-nearest = 「#{ $meant }」の書き間違いではありませんか。
duplicate-anchor = 見出しのID「{ $anchor }」は、この文書ですでに使われています
duplicate-anchor-help = どちらかの見出しに別のIDを付けてください。リンクされている見出しのIDは変えないのが安全です。
duplicate-anchor-related = 先に使われている見出し
duplicate-id = 文書番号「{ $id }」は { $path } でも使われています
duplicate-id-help = 新しいほうの文書に、これまで使ったことのない文書番号を付けてください。
duplicate-id-related = 同じ文書番号
expected-digest = kitei approve が示した「kitei1-sha256:」で始まる値を、変えずに写してください。
expected-document-id = 大文字の英字、-、英数字の順に並べた文書番号（例: P-01、C-5.12）を書いてください。
expected-inner-path = リポジトリの中のフォルダーを書いてください（例: records）。/ で始まるものや .. を含むものは使えません。
expected-interval = "1 year"、"6 months"、"2 weeks"、"30 days" のように間隔を書いてください。
expected-not-empty = 値を書いてください。
expected-one-of = 次のどれかを書いてください: { $allowed }
expected-time-zone = タイムゾーンの名前（例: Asia/Tokyo）を書いてください。
invalid-encoding = 文字コードがUTF-8ではありません
invalid-encoding-help = エディターで文字コードに UTF-8 を選び、保存し直してください。
invalid-toml = TOMLの書き方が正しくありません（{ $detail }）
invalid-toml-help = 1行に1つ「項目 = 値」と書いてください。文字は半角の " で囲み、日付は 2026-04-01 のように囲まずに書きます。
invalid-toml-help-array = [ で始めた一覧を ] で閉じてください。
invalid-toml-help-backslash = " で囲んだ中の \ は \\ と書いてください。
invalid-toml-help-date = 実在する日付を 2026-04-01 の形で、" で囲まずに書いてください。
invalid-toml-help-duplicate = 同じ項目は1度しか書けません。どちらかの行を消してください。
invalid-toml-help-key = 「項目 = 値」の形で書いてください。項目の名前は半角の英数字と - と _ だけで書き、: ではなく = でつなぎます。
invalid-toml-help-quote = 値を半角の " で囲んでください（例: title = "情報管理規程"）。
invalid-toml-help-string = " で始めた値を、同じ行の中で " で閉じてください。
invalid-value = 「{ $key }」に「{ $found }」とは書けません
invalid-value-empty = 「{ $key }」が空です
invalid-value-help = { $expected }
invalid-version = 版「{ $found }」は「数.数」の形ではありません
invalid-version-help = "2.0" のように、2つの数を半角の点でつないで書いてください。内容の変更では左の数を、字句だけの修正では右の数を上げます。
malformed-reference = 「[[{ $written }]]」は参照の形になっていません
malformed-reference-help = [[P-01]]、[[P-01#見出しのID]]、[[A.5.12]]、[[clause:7.5.3]]、[[role:…]]、[[term:…]]、[[record:…]] のどれかの形で書いてください。
missing-front-matter = 文書の先頭に文書情報（+++ で囲んだ部分）がありません
missing-front-matter-help = 1行目を +++ とし、id、title、version、owner を書いて、+++ だけの行で閉じてください。
missing-front-matter-unclosed = 文書情報を閉じる +++ の行がありません
missing-front-matter-unclosed-help = 文書情報の終わりに、+++ だけの行を足してください。
missing-item-item = 「{ $heading }」の第{ $paragraph }項に号「{ $item }」はありません
missing-item-item-help = 番号付きの箇条書き1つを1号と数え、そこには{ $count }号あります。番号を確かめてください。
missing-item-malformed = 「{ $rest }」は「{ $heading }」の項や号の番号ではありません
missing-item-malformed-help = 項と号は、見出しの後ろに半角の数字で書いてください（例: [[P-02#classify/2/1]] は第2項第1号）。
missing-item-paragraph = 「{ $heading }」に第{ $number }項はありません
missing-item-paragraph-help = 段落1つを1項と数え、この見出しには{ $count }項あります。番号を確かめてください。
missing-item-plain = 「{ $heading }」は条ではないので、項や号を指せません
missing-item-plain-help = 見出しだけを指してください（例: [[P-01#purpose]]）。
missing-item-related = 指している見出し
missing-key = 必須の項目「{ $key }」がありません
missing-key-help = ここに次の行を足してください: { $line }
missing-key-help-table = { $table } の中に次の内容を足してください: { $line }
type-array = [ ] で囲んだ一覧
type-boolean = true か false
type-date = 日付
type-datetime = 日時
type-float = 小数
type-integer = 整数
type-string = " で囲んだ文字
type-strings = " で囲んだ文字の一覧
type-table = [ ] の見出しで始まる項目の組
type-tables = [[ ]] の見出しで始まる項目の組
unknown-document = 「{ $id }」という番号の文書はありません
unknown-document-help = 文書番号を確かめてください。廃止した文書なら、後継の文書に書き換えてください。
unknown-document-help-annex = 附属書Aの管理策は implements ではなく annex_a に書いてください（例: annex_a = ["5.12"]）。
unknown-document-help-ledger = 台帳に書いた文書番号を確かめてください。
unknown-document-help-nearest = 「{ $meant }」と書いてください。
unknown-key = 「{ $key }」という項目はありません
unknown-key-help = 綴りを確かめ、不要なら行を消してください。メモは # で始まる行に書けます。
unknown-key-help-nearest = 「{ $meant }」の書き間違いなら、直してください。
unknown-key-table = { $table } に「{ $key }」という項目はありません
unknown-record = 記録のファイル { $path } がありません
unknown-record-help = ファイル名から .toml を除いた名前で書いてください。まだなければ、そのファイルを作ってください。
unknown-record-help-nearest = 「{ $meant }」の書き間違いではありませんか。
unknown-term = 用語集に「{ $term }」はありません
unknown-term-help = 用語集（terms.toml）に用語を足すか、[[term: ]] を外して普通の文字で書いてください。
unknown-term-help-nearest = 「{ $meant }」の書き間違いなら直してください。新しい用語なら用語集（terms.toml）に足してください。
unreadable-file = ファイルを読めません（{ $reason }）
unreadable-file-help = ファイルの権限を確かめるか、正しいファイルで置き換えてください。
unreadable-file-large = ファイルが大きすぎます（{ $size } MB、上限は { $limit } MB）
unreadable-file-large-help = 文書を分けるか、図や資料を別のファイルにしてリンクしてください。
unreadable-file-link = ファイルの代わりにシンボリックリンクが置かれています
unreadable-file-link-help = リンクを消し、ファイルそのものを置いてください。リポジトリの外を読まないよう、リンクはたどりません。
unsafe-link = 安全でないアドレス「{ $address }」へのリンクです
unsafe-link-help = https:、http:、mailto:、tel: のどれかで始まるアドレスか、リポジトリの中のファイルに直してください。このままではリンクにならず、文字のまま表示されます。
wrong-type = 「{ $key }」の値の種類が違います（必要なのは{ $expected }、書かれているのは{ $found }）
wrong-type-help = 次のように書いてください: { $example }
