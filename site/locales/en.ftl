# kitei: interface and messages in English. Has the same keys as ja.ftl.

language-name = English
