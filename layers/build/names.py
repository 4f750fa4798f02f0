"""Names of the administrative units that the catalogue draws, by adcode (GB/T 2260)."""

from __future__ import annotations

__all__ = ["CITIES", "COUNTIES"]

# 济源 is a county-level city straight under the province and belongs to none of these.
CITIES = {
    "410100": ("郑州市", "Zhengzhou City"),
    "410800": ("焦作市", "Jiaozuo City"),
    "411700": ("驻马店市", "Zhumadian City"),
}

COUNTIES = {
    "410102": ("中原区", "Zhongyuan District"),
    "410103": ("二七区", "Erqi District"),
    "410104": ("管城回族区", "Guancheng Hui District"),
    "410105": ("金水区", "Jinshui District"),
    "410106": ("上街区", "Shangjie District"),
    "410108": ("惠济区", "Huiji District"),
    "410122": ("中牟县", "Zhongmu County"),
    "410181": ("巩义市", "Gongyi City"),
    "410182": ("荥阳市", "Xingyang City"),
    "410183": ("新密市", "Xinmi City"),
    "410184": ("新郑市", "Xinzheng City"),
    "410185": ("登封市", "Dengfeng City"),
    "410802": ("解放区", "Jiefang District"),
    "410803": ("中站区", "Zhongzhan District"),
    "410804": ("马村区", "Macun District"),
    "410811": ("山阳区", "Shanyang District"),
    "410821": ("修武县", "Xiuwu County"),
    "410822": ("博爱县", "Bo'ai County"),
    "410823": ("武陟县", "Wuzhi County"),
    "410825": ("温县", "Wenxian County"),
    "410882": ("沁阳市", "Qinyang City"),
    "410883": ("孟州市", "Mengzhou City"),
    "411702": ("驿城区", "Yicheng District"),
    "411721": ("西平县", "Xiping County"),
    "411722": ("上蔡县", "Shangcai County"),
    "411723": ("平舆县", "Pingyu County"),
    "411724": ("正阳县", "Zhengyang County"),
    "411725": ("确山县", "Queshan County"),
    "411726": ("泌阳县", "Biyang County"),
    "411727": ("汝南县", "Runan County"),
    "411728": ("遂平县", "Suiping County"),
    "411729": ("新蔡县", "Xincai County"),
    "419001": ("济源市", "Jiyuan City"),
}
