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
