"""What made-up reports say: by category some matters, put together with a street, a number and a remark."""

from __future__ import annotations

import random

MATTERS = {
    "rac_thai_ve_sinh": (
        "Rác sinh hoạt chất đống nhiều ngày không ai thu gom, bốc mùi rất khó chịu",
        "Xe rác không vào thu gom đúng giờ, rác tràn ra cả lòng đường",
        "Có người đổ trộm phế thải xây dựng ban đêm",
        "Thùng rác công cộng vỡ, nước rác chảy ra vỉa hè",
    ),
    "giao_thong_via_he": (
        "Ổ gà rất sâu giữa đường, trời mưa không nhìn thấy, đã có người ngã",
        "Ô tô đỗ kín vỉa hè, người đi bộ phải xuống lòng đường",
        "Đèn tín hiệu ở ngã tư hỏng mấy hôm nay, giờ cao điểm ùn tắc",
        "Biển báo cấm bị che khuất, nhiều xe đi ngược chiều",
    ),
    "chieu_sang": (
        "Đèn đường tắt cả đoạn, buổi tối đi lại rất nguy hiểm",
        "Bóng đèn nhấp nháy liên tục cả đêm",
        "Đèn ngõ hỏng từ tuần trước, chưa có ai đến sửa",
    ),
    "cap_thoat_nuoc": (
        "Cống tắc, mưa nhỏ cũng ngập tới đầu gối",
        "Nắp hố ga mất, chỉ cắm một cành cây báo hiệu",
        "Ống nước sạch vỡ, nước chảy lênh láng từ sáng",
        "Nước máy đục và có mùi lạ hai hôm nay",
    ),
    "cay_xanh": (
        "Cành cây khô lớn sắp gãy ngay trên đường trẻ em đi học",
        "Cây nghiêng sau trận gió, tựa vào dây điện",
        "Rễ cây đội vỉa hè lên cao, người già hay vấp",
    ),
    "tieng_on": (
        "Quán hát mở loa kẹo kéo đến một giờ sáng",
        "Xưởng cơ khí hoạt động cả buổi tối, không ngủ được",
        "Công trình đóng cọc ban đêm, rung cả nhà",
    ),
    "trat_tu_do_thi": (
        "Hàng quán lấn chiếm hết vỉa hè từ chiều đến khuya",
        "Chợ tạm họp dưới lòng đường, xe không đi được",
        "Biển quảng cáo cũ treo lơ lửng, gió to có thể rơi",
    ),
    "xay_dung": (
        "Nhà bên cạnh xây dựng làm nứt tường, không che chắn",
        "Công trình xây vượt số tầng so với biển ghi phép",
        "Vật liệu để tràn ra ngõ, không còn lối đi",
    ),
    "dien_vien_thong": (
        "Dây cáp viễn thông đứt rơi xuống ngang đầu người đi đường",
        "Cột điện nghiêng, dây chùng thấp",
        "Mất điện từ chiều không có thông báo",
    ),
    "moi_truong_khong_khi": (
        "Có người đốt rác, khói đen bay vào nhà dân",
        "Xe chở đất không phủ bạt, bụi mù cả ngày",
        "Mùi hoá chất khét từ xưởng sơn",
    ),
    "an_toan_thuc_pham": (
        "Hàng thịt bán cạnh cống, ruồi bâu kín",
        "Ăn xong cả nhà bị đau bụng, quán không có giấy tờ gì",
        "Thực phẩm hết hạn vẫn bày bán",
    ),
    "pccc": (
        "Lối thoát hiểm của toà nhà bị khoá và chất đầy đồ",
        "Trụ nước chữa cháy bị xây bịt lại",
        "Nhà trọ nhiều tầng không có bình chữa cháy",
    ),
    "thu_tuc_quy_dinh": (
        "Thủ tục yêu cầu nộp lại giấy tờ mà cơ quan đã có, đề nghị bỏ",
        "Mẫu đơn hỏi trùng nhiều thông tin, đề nghị rút gọn",
        "Thời hạn giải quyết quá dài so với việc đơn giản",
    ),
    "thai_do_phuc_vu": (
        "Cán bộ ở quầy trả lời cáu gắt, không hướng dẫn",
        "Chờ hai tiếng mới được gọi tên, không ai giải thích",
        "Hẹn trả kết quả ba lần đều chưa xong",
    ),
    "khac": (
        "Chó thả rông không rọ mõm trong khu tập thể",
        "Bảng thông báo của tổ dân phố bị bôi bẩn",
        "Ghế đá ở vườn hoa gãy, chưa được thay",
    ),
}

STREETS = (
    "Đội Cấn", "Kim Mã", "Nguyễn Trãi", "Giải Phóng", "Bạch Mai", "Lạc Long Quân", "Xuân Thuỷ", "Cầu Giấy",
    "Minh Khai", "Nguyễn Văn Cừ", "Quang Trung", "Tố Hữu", "Trường Chinh", "Tây Sơn", "Hoàng Hoa Thám",
    "Thuỵ Khuê", "Lê Trọng Tấn", "Phạm Văn Đồng", "Ngọc Lâm", "Định Công", "Khương Trung", "Vĩnh Hưng",
    "Yên Phụ", "Văn Cao", "Láng", "Chùa Bộc", "Trần Duy Hưng", "Nguyễn Xiển", "Linh Đàm", "Phúc La",
)  # fmt: skip
REMARKS = (
    "Mong cơ quan sớm xử lý.",
    "Tôi đã báo tổ trưởng mà chưa thấy gì.",
    "Đề nghị kiểm tra và trả lời cho dân biết.",
    "Cả ngõ đều bức xúc.",
    "Xin cảm ơn.",
    "Việc này kéo dài cả tháng rồi!",
)
ANSWERS = (
    "Đơn vị đã kiểm tra thực tế và xử lý xong trong ngày. Cảm ơn anh/chị đã báo.",
    "Đơn vị đã lập biên bản, yêu cầu khắc phục và sẽ kiểm tra lại trong tuần.",
    "Việc này nằm trong kế hoạch sửa chữa quý tới; đơn vị đã đặt biển cảnh báo.",
    "Đơn vị đã làm việc với bên liên quan; nội dung được giải thích theo quy định hiện hành.",
)


def place(chance: random.Random) -> str:
    return f"Số {chance.randint(1, 320)} ngõ {chance.randint(2, 480)} phố {chance.choice(STREETS)}"


def text(category: str, where: str, chance: random.Random) -> str:
    """One to three sentences; no two need be alike."""
    matter = chance.choice(MATTERS[category])
    since = f"Tình trạng này có {chance.randint(2, 60)} ngày nay."
    remark = chance.choice(REMARKS)
    return f"{matter} ở {where.lower()}. {since if chance.random() < 0.6 else ''} {remark}".replace("  ", " ")
