# kitei: 画面とメッセージの日本語。en.ftl と同じキーを持つ。

language-name = 日本語
