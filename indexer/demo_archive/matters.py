"""All matters in the order of their frequency, and what fits any of them."""

from indexer.demo_archive.land_matters import DISPUTE, LAND, LAND_REFORM_1956, SURVEY
from indexer.demo_archive.public_matters import (
    FARMING,
    FINANCE,
    FISHING,
    HEALTH,
    HERITAGE,
    ROADS,
    SCHOOLS,
    STAFFING,
    WATER,
    WELFARE,
)

MATTERS = (
    *(LAND, LAND_REFORM_1956, WATER, FARMING, SURVEY, DISPUTE, ROADS, SCHOOLS, STAFFING, FINANCE, HEALTH, WELFARE),
    *(HERITAGE, FISHING),
)
"""The most frequent first."""

GENERAL = (
    "Nhìn chung, công tác này đã được các ngành, các cấp quan tâm chỉ đạo và có chuyển biến tốt.",
    "Tuy nhiên, việc triển khai ở một số xã còn chậm, chưa sát với tình hình thực tế của địa phương.",
    "Nguyên nhân chủ yếu là do thiếu cán bộ chuyên môn và phương tiện làm việc.",
    "Đề nghị cấp trên xem xét, sớm có ý kiến để địa phương tổ chức thực hiện.",
    "Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị kịp thời phản ánh để được hướng dẫn.",
    "Các đoàn thể phối hợp tuyên truyền, giải thích để nhân dân hiểu rõ và tự giác chấp hành.",
    "Hằng quý, {don_vi} báo cáo kết quả bằng văn bản để tổng hợp chung.",
    "Văn bản số {so_truoc} ngày {ngay_truoc} vẫn có hiệu lực, trừ những điểm trái với văn bản này.",
    "Việc kiểm tra được tiến hành tại {xa} và các xã thuộc {huyen} trong {n} ngày.",
    "Cán bộ phụ trách địa bàn chịu trách nhiệm theo dõi, đôn đốc việc thực hiện.",
    "Cần rút kinh nghiệm từ cách làm của {xa}, nơi có phong trào khá trong nhiều năm liền.",
    "Số liệu kèm theo báo cáo này đã được đối chiếu với sổ sách lưu tại cơ quan.",
    "Mọi chi phí phát sinh do đơn vị sử dụng tự cân đối, ngân sách tỉnh không cấp thêm.",
    "Hồ sơ gửi kèm gồm {n} trang, trong đó có sơ đồ vị trí và bảng thống kê.",
    "Hội đồng {xa} cử ông {nguoi} làm đầu mối liên hệ với đoàn công tác.",
    "Kết quả bước đầu cho thấy chủ trương trên là đúng và hợp với nguyện vọng của nhân dân.",
)
"""Sentences that fit any matter."""

BODIES = (
    *("Phòng Nông nghiệp", "Phòng Tài chính", "Phòng Giáo dục", "Phòng Giao thông", "Ban Quản lý ruộng đất"),
    *("Hợp tác xã mua bán", "Trạm Thủy nông", "Xí nghiệp gạch ngói", "Lâm trường", "Cửa hàng lương thực", "Phòng Y tế"),
    *("Phòng Văn hóa Thông tin", "Công ty Xây lắp", "Trại giống lúa", "Bến xe khách", "Phòng Thương nghiệp"),
)

BODIES_BEFORE_1975 = (
    *("Ty Tài chánh", "Ty Công chánh", "Ty Tiểu học", "Ty Y tế", "Ty Canh nông", "Phòng Hành chánh", "Ty Thủy lâm"),
    *("Ty Điền địa", "Ty Kiến thiết", "Ty Thông tin", "Ty Ngư nghiệp", "Ty Xã hội"),
)
"""Offices that wrote to one another, after and before 1975."""
