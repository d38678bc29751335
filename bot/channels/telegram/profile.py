"""What citizens see of the bot before they write: description, commands, the button that lists them."""

from __future__ import annotations

from functools import partial

from telegram import Bot, BotCommand, MenuButtonCommands

from bot.channels.telegram.problems import quietly
from bot.commands import COMMANDS

#: Shown in an empty chat, at most 512 characters (https://core.telegram.org/bots/api#setmydescription).
DESCRIPTION = (
    "Trợ lý ảo (máy trả lời tự động) giúp người dân Hà Nội hỏi thủ tục hành chính, gửi phản ánh "
    "và gặp cán bộ.\n\n"
    "Không bao giờ hỏi mã OTP, mật khẩu, tiền, ảnh giấy tờ tuỳ thân hay bảo cài ứng dụng.\n\n"
    "Bấm “Bắt đầu”, rồi gõ việc cần hỏi."
)
#: Shown on the bot's page and beside its link, at most 120 characters.
SHORT_DESCRIPTION = (
    "Trợ lý ảo hỏi thủ tục hành chính và gửi phản ánh tại Hà Nội. Máy trả lời tự động, có dẫn nguồn."
)


async def introduce(bot: Bot) -> None:
    """Say who the bot is and what it can be asked. What is said already is not said again.

    Telegram makes those wait long who change this often, and nothing depends on it: a refusal is only logged.
    """
    said = partial(quietly, otherwise="telegram_profile_not_set")
    await said(bot.set_my_commands([BotCommand(one.name, one.about) for one in COMMANDS]))
    await said(bot.set_chat_menu_button(menu_button=MenuButtonCommands()))
    await said(_describe(bot))


async def _describe(bot: Bot) -> None:
    if (await bot.get_my_description()).description != DESCRIPTION:
        await bot.set_my_description(DESCRIPTION)
    if (await bot.get_my_short_description()).short_description != SHORT_DESCRIPTION:
        await bot.set_my_short_description(SHORT_DESCRIPTION)
