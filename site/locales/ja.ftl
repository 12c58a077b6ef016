# kitei: 画面とメッセージの日本語。en.ftl と同じキーを持つ。

language-name = 日本語

## basis

basis-clause = ISO/IEC 27001:2022 箇条 { $number }
basis-annex = ISO/IEC 27001:2022 附属書A { $number }
basis-own-rule = 組織自身の規則
basis-format = ファイルの書式

## rules (by name)

broken-link = リンク先のファイル「{ $path }」がありません
broken-link-help = パスを確かめてください。文書へのリンクは [[文書番号]] と書くと、ファイルを移しても切れません。
broken-link-outside = リンク先がリポジトリの外を指しています
broken-link-outside-help = リポジトリの中のファイルを指すように直してください。外の資料は https: で始まるアドレスで書きます。
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
